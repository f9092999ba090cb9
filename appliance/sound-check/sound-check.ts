import { type Problem, UbizoError } from '../protocol/errors.ts';
import type { SoundCheckView } from '../protocol/sound-check.ts';
import type { LanguageTrial } from './language-trial.ts';
import type { Level, Utterance } from './utterance.ts';

export interface SoundCheckOptions {
  readonly source: SoundCheckView['source'];
  /** What is tried. @throws UbizoError when there is nothing. */
  readonly utterance: (signal: AbortSignal, onLevel: (level: Level) => void) => Promise<Utterance>;
  readonly trials: readonly LanguageTrial[];
  readonly onError: (error: unknown) => void;
}

/** An utterance in every language of a tour, one after the other: what they cost and take does not add up. */
export class SoundCheck {
  private readonly options: SoundCheckOptions;
  private readonly stopping = new AbortController();
  private state: SoundCheckView['state'] = 'listening';
  private level: Level | undefined;
  private problem: Problem | undefined;
  private running: Promise<void> = Promise.resolve();

  constructor(options: SoundCheckOptions) {
    this.options = options;
  }

  get done(): boolean {
    return this.state === 'done';
  }

  /** Resolves when it is over. */
  start(): Promise<void> {
    this.running = this.run();
    return this.running;
  }

  /** Resolves when nothing of it is under way any more. */
  stop(): Promise<void> {
    this.stopping.abort();
    return this.running;
  }

  view(): SoundCheckView {
    const { state, level, problem } = this;
    return {
      state,
      source: this.options.source,
      ...(level && { level: { rmsDb: Math.round(level.rmsDb), peakDb: Math.round(level.peakDb) } }),
      ...(problem && { problem }),
      languages: this.options.trials.map((trial) => trial.view()),
    };
  }

  /** What was heard in a language; undefined: nothing. */
  sound(language: string): Int16Array | undefined {
    const sound = this.options.trials.find((trial) => trial.language === language)?.sound();
    return sound && sound.length > 0 ? sound : undefined;
  }

  private async run(): Promise<void> {
    const { utterance: utteranceOf, trials, onError } = this.options;
    const { signal } = this.stopping;
    try {
      const utterance = await utteranceOf(signal, (level) => (this.level = level));
      this.level = utterance.level;
      this.state = 'trying';
      for (const trial of trials) {
        signal.throwIfAborted();
        await trial.run(utterance, signal);
      }
    } catch (error) {
      if (!signal.aborted) {
        if (!(error instanceof UbizoError)) onError(error);
        this.problem =
          error instanceof UbizoError
            ? error.toProblem()
            : { code: 'internal', message: 'The sound check broke off. Try it again.' };
      }
    } finally {
      this.state = 'done';
    }
  }
}
