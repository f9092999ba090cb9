import type { Breaker } from '../../breaker/breaker.ts';
import type { Log } from '../../log.ts';
import type { GlossaryEntry } from '../../protocol/views.ts';
import type { Dialect, SessionSettings } from './dialect.ts';
import type { Meter } from './meter.ts';
import type { SessionOpenings } from './session-openings.ts';
import { Session, type SessionObserver } from './session.ts';
import type { OpenAiTiming } from './timing.ts';

export interface SessionsParts {
  /** What the server calls the language: a primary subtag. */
  readonly spoken: string;
  readonly captionSource: boolean;
  readonly glossary: () => readonly GlossaryEntry[];
  readonly keywords?: readonly string[];
  readonly dialect: Dialect;
  readonly address: URL;
  readonly headers: Record<string, string>;
  readonly openings: SessionOpenings;
  /** Of the service, shared by all who need it. */
  readonly breaker: Breaker | undefined;
  readonly timing: OpenAiTiming;
  readonly meter: Meter;
  readonly log: Log;
}

/** Makes the sessions of one interpreter, each with the settings that hold when it is opened. */
export class Sessions {
  private readonly parts: SessionsParts;
  private readonly observer: SessionObserver;
  private sourceIsCaptioned: boolean;
  private leaveQueue: () => void = () => undefined;

  constructor({ parts, observer }: { parts: SessionsParts; observer: SessionObserver }) {
    this.parts = parts;
    this.observer = observer;
    this.sourceIsCaptioned = parts.captionSource;
  }

  get settings(): SessionSettings {
    const { spoken: language, keywords, glossary } = this.parts;
    return { language, captionSource: this.sourceIsCaptioned, glossary: glossary(), keywords };
  }

  /** @returns whether that is a change. */
  captionSource(on: boolean): boolean {
    const changes = on !== this.sourceIsCaptioned;
    this.sourceIsCaptioned = on;
    return changes;
  }

  /** It is opened when it is its turn. */
  open(): Session {
    const { openings, ...parts } = this.parts;
    const { settings, observer } = this;
    const session = new Session({ ...parts, settings, observer });
    this.leaveQueue = openings.queue(() => session.open());
    return session;
  }

  /** The last one that waits for its turn is not opened any more. */
  cancel(): void {
    this.leaveQueue();
  }
}
