import type { Log } from '../log.ts';
import type { Problem } from '../protocol/errors.ts';
import type { WrittenBy } from '../protocol/views.ts';
import type { InterpreterEngine } from './interpreter.ts';
import { LadderInterpreter } from './ladder/ladder-interpreter.ts';
import { Rung } from './ladder/rung.ts';
import type { LadderTiming } from './ladder/timing.ts';
import {
  type Transcriber,
  type TranscriberRequest,
  type TranscriberSource,
  type Transcribing,
  transcriptOnly,
} from './transcriber.ts';

export interface TranscribersOptions {
  /** The best first. */
  readonly sources: readonly TranscriberSource[];
  /** Why nobody writes down a language that none of them understands. */
  readonly unable: (language: string) => Problem;
  readonly timing: LadderTiming;
  readonly log: Log;
  /** {@link Transcribers.writerOf} may be another one. */
  readonly onChange: () => void;
}

interface Step {
  readonly source: TranscriberSource;
  readonly rung: Rung;
}

/**
 * Transcribing on a ladder of its own: a server that refuses or cannot be reached hands over to the box's recogniser, and
 * takes over again when it can. What goes wrong with transcribing says nothing of interpreting, which may be allowed alone.
 */
export class Transcribers implements Transcribing {
  private readonly options: TranscribersOptions;
  private readonly steps: readonly Step[];
  private readonly open = new Set<LadderInterpreter>();

  constructor(options: TranscribersOptions) {
    const { sources, timing, log, onChange } = options;
    this.options = options;
    this.steps = sources.map((source) => {
      const rung = new Rung({ engine: asEngine(source), timing, log });
      rung.subscribe(onChange);
      return { source, rung };
    });
  }

  writerOf(language: string): WrittenBy {
    const rung = this.rungsFor(language).find(({ out }) => !out);
    if (!rung) return 'nobody';
    return rung.engine.rough ? 'box' : 'model';
  }

  transcribe({ language, keywords, tour, output }: TranscriberRequest): Transcriber {
    const { unable, timing } = this.options;
    const transcriber = new LadderInterpreter({
      request: {
        from: language,
        to: language,
        captionSource: true,
        ...(tour !== undefined && { tour }),
        glossary: () => keywords.map((term) => ({ term })),
        output: transcriptOnly(output),
      },
      rungs: this.rungsFor(language),
      unable: unable(language),
      timing,
      onStopped: () => this.open.delete(transcriber),
    });
    this.open.add(transcriber);
    return transcriber;
  }

  async stop(): Promise<void> {
    await Promise.all([...this.open].map((transcriber) => transcriber.stop()));
    await Promise.all(this.steps.map(({ rung }) => rung.stop()));
  }

  private rungsFor(language: string): readonly Rung[] {
    return this.steps.filter(({ source }) => source.canTranscribe(language)).map(({ rung }) => rung);
  }
}

/** From a language into itself, in text only. Whoever made the source stops it. */
function asEngine(source: TranscriberSource): InterpreterEngine {
  const { name, rough, paid = false } = source;
  return {
    name,
    rough,
    pairs: [],
    paid,
    tryOut: async (withinMs) => (await source.tryTranscribing?.(withinMs)) ?? { kind: 'accepted' },
    watch: (onAway) => source.watchTranscribing?.(onAway) ?? (() => undefined),
    create: ({ from, tour, glossary = () => [], output }) => {
      const transcriber = source.transcribe({
        language: from,
        keywords: glossary().map(({ term }) => term),
        ...(tour !== undefined && { tour }),
        output,
      });
      return {
        language: from,
        start: () => transcriber.start(),
        stop: () => transcriber.stop(),
        hear: (frame) => transcriber.hear(frame),
        // One that is to take over is not given any speech before it does.
        captionSource: () => undefined,
      };
    },
    stop: () => Promise.resolve(),
  };
}
