import { ExponentialBackoff, halfJitterGenerator, type IBackoff } from 'cockatiel';
import type { Failure } from '../../openai/known-failures.ts';
import type { OpenAiTiming } from './timing.ts';

/** When the next session is to be opened after one was lost, and whether it has to prove itself first. */
export class Retries {
  private readonly timing: OpenAiTiming;
  private backoff: IBackoff<unknown> | undefined;
  private count = 0;
  private mute = false;

  constructor({ timing }: { timing: OpenAiTiming }) {
    this.timing = timing;
  }

  /** How many there were since all was well. */
  get attempt(): number {
    return this.count;
  }

  /** The last one was open and said nothing, so that being open proves nothing: {@link Failure.unanswered}. */
  get doubtful(): boolean {
    return this.mute;
  }

  /** @param livedMs how long the lost session was live. @returns the pause before the next, ms. */
  next(failure: Failure, livedMs: number): number {
    if (livedMs >= this.timing.stableMs && !this.mute) {
      this.count = 0;
      this.backoff = undefined;
    }
    this.mute ||= failure.unanswered === true;
    this.count++;
    this.backoff = this.backoff?.next(undefined) ?? this.first();
    return this.backoff.duration;
  }

  /** A session speaks. */
  prove(): void {
    this.mute = false;
  }

  private first(): IBackoff<unknown> {
    const { backoffMs: initialDelay, backoffMaxMs: maxDelay } = this.timing;
    return new ExponentialBackoff({ initialDelay, maxDelay, generator: halfJitterGenerator }).next();
  }
}
