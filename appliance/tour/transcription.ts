import { nanoid } from 'nanoid';
import type { Floor } from '../floor/floor.ts';
import type { InterpreterCaption, InterpreterState } from '../interpreter/interpreter.ts';
import type { Transcriber, Transcribing } from '../interpreter/transcriber.ts';
import type { Log } from '../log.ts';
import type { Problem } from '../protocol/errors.ts';
import type { CaptionLine, WrittenBy } from '../protocol/views.ts';

/** Beyond what the floor itself takes for a gap between words, ms: now the last line is through. */
const SETTLED_MS = 600;

export interface TranscriptionOptions {
  readonly tour: string;
  /** The guide's. */
  readonly language: string;
  readonly keywords: () => readonly string[];
  readonly floor: Floor;
  /** The one that is due now. */
  readonly engine: () => Transcribing;
  /** A transcriber is kept this long after the last reader has left, ms. */
  readonly lingerMs: number;
  /** Ms since the epoch. */
  readonly now: () => number;
  readonly onChange: () => void;
  readonly onCaption: (line: CaptionLine) => void;
  /** US dollars. */
  readonly onSpent: (usd: number) => void;
  readonly log: Log;
}

/** The desk of a tour's transcriber, as a booth is an interpreter's: open while it is wanted, and a while longer. */
export class Transcription {
  private readonly options: TranscriptionOptions;
  private engine: Transcribing | undefined;
  private transcriber: Transcriber | undefined;
  private state: InterpreterState = { kind: 'stopped' };
  private wanted = false;
  private serial = 0;
  private voicedAt = -Infinity;
  private draft = false;
  private lingering: NodeJS.Timeout | undefined;
  private unsubscribe: (() => void) | undefined;

  constructor(options: TranscriptionOptions) {
    this.options = options;
  }

  /** It captions the guide, or is about to. */
  get writing(): boolean {
    return this.transcriber !== undefined && this.state.kind !== 'failed';
  }

  /** A line is still growing. */
  get unfinished(): boolean {
    return this.draft;
  }

  /** The guide pauses, and no line of theirs is unfinished. */
  get settled(): boolean {
    return !this.draft && performance.now() - this.voicedAt >= SETTLED_MS;
  }

  /** Who does, or would. */
  get by(): WrittenBy {
    const { state } = this;
    if (state.kind === 'failed') return 'nobody';
    if (state.kind === 'live' && state.by && state.by !== 'guide') return state.by;
    return this.options.engine().writerOf(this.options.language);
  }

  get problem(): Problem | undefined {
    return 'problem' in this.state ? this.state.problem : undefined;
  }

  start(): void {
    this.unsubscribe = this.options.floor.subscribe((frame) => {
      if (!this.transcriber) return;
      if (this.options.floor.voiced) this.voicedAt = frame.capturedAt;
      this.transcriber.hear(frame);
    });
  }

  async stop(): Promise<void> {
    this.unsubscribe?.();
    await this.close();
  }

  /** `wanted`: someone reads the guide's own words, and nobody else writes them down. */
  demand(wanted: boolean): void {
    if (wanted === this.wanted) return;
    this.wanted = wanted;
    clearTimeout(this.lingering);
    if (wanted) this.open();
    else if (this.transcriber) this.lingering = setTimeout(() => void this.close(), this.options.lingerMs);
  }

  /** Another engine may be due, or the outlook is another one. */
  exchange(): void {
    if (!this.transcriber || this.options.engine() === this.engine) {
      this.options.onChange();
      return;
    }
    void this.close();
    if (this.wanted) this.open();
  }

  /** Closes without lingering; resolves when the last words are out. */
  async close(): Promise<void> {
    clearTimeout(this.lingering);
    const { transcriber } = this;
    if (!transcriber) return;
    this.transcriber = undefined;
    // What its engine still says must not be taken for the state of the next one.
    this.serial++;
    this.changed({ kind: 'stopped' });
    await transcriber.stop();
  }

  private open(): void {
    // One that only a person could mend is tried anew when somebody comes back: perhaps it was mended.
    if (this.transcriber && this.state.kind !== 'failed') return;
    void this.transcriber?.stop();
    const { options } = this;
    const serial = ++this.serial;
    // Pages keep their lines when it goes and comes back.
    const name = `${options.language}-${nanoid(6)}`;
    this.state = { kind: 'connecting' };
    this.draft = false;
    this.engine = options.engine();
    this.transcriber = this.engine.transcribe({
      language: options.language,
      keywords: options.keywords(),
      tour: options.tour,
      output: {
        onSourceCaption: (caption) => this.caption(name, caption, serial),
        onSpent: (usd) => options.onSpent(usd),
        onState: (state) => {
          if (serial === this.serial) this.changed(state);
        },
      },
    });
    this.transcriber.start();
  }

  private changed(state: InterpreterState): void {
    const code = 'problem' in state ? state.problem?.code : undefined;
    this.options.log.info({ language: this.options.language, state: state.kind, code }, 'transcriber');
    this.state = state;
    this.options.onChange();
  }

  private caption(name: string, { id, text, final }: InterpreterCaption, serial: number): void {
    const { language, now, onCaption } = this.options;
    if (serial === this.serial) this.draft = !final;
    onCaption({ language, id: `${name}-${id}`, text, final, at: now() });
  }
}
