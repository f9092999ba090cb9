import { FLOOR_FRAME_MS } from '../floor/floor-frame.ts';
import type { SoundCheckStages } from '../protocol/sound-check.ts';

/** When a word gets how far, counted from its being spoken. What happens before is not of it. */
export class Stopwatch {
  private readonly reached: { -readonly [stage in keyof SoundCheckStages]: number } = {};
  private began: number | undefined;

  get stages(): SoundCheckStages {
    return this.reached;
  }

  get running(): boolean {
    return this.began !== undefined;
  }

  /** Since the word began, ms. */
  get elapsedMs(): number {
    return this.began === undefined ? 0 : performance.now() - this.began;
  }

  /** @param frameEndsAt ms of `performance.now()`. @param captureMs what its way here took. */
  start(frameEndsAt: number, captureMs: number): void {
    this.began = frameEndsAt - FLOOR_FRAME_MS - captureMs;
    this.reached.captured = Math.round(FLOOR_FRAME_MS + captureMs);
  }

  /** Only the first time counts. */
  note(stage: keyof SoundCheckStages): void {
    if (this.running) this.reached[stage] ??= Math.round(this.elapsedMs);
  }
}
