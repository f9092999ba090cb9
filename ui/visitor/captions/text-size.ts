import type { ReactiveControllerHost } from 'lit';
import { recall, remember } from '../memory.ts';

/** Sizes of the captions, rem. Who listens starts with the second; who only reads, with a large one. */
const SIZES = [1.125, 1.375, 1.75, 2.25, 3] as const;
const START = 1;
const READING = 3;

/** How large the captions are, remembered on this phone. */
export class TextSize {
  /** What was chosen on this phone. */
  private chosen: number | undefined;
  private readonly host: ReactiveControllerHost;
  private readonly reading: () => boolean;

  /** @param reading whether the captions are all that there is */
  constructor(host: ReactiveControllerHost, reading: () => boolean) {
    this.host = host;
    this.reading = reading;
    const known = Number(recall('text-size') ?? NaN);
    if (SIZES[known] !== undefined) this.chosen = known;
  }

  get rem(): number {
    return SIZES[this.step] ?? SIZES[START];
  }

  canChange(by: 1 | -1): boolean {
    return SIZES[this.step + by] !== undefined;
  }

  change(by: 1 | -1): void {
    if (!this.canChange(by)) return;
    this.chosen = this.step + by;
    remember('text-size', String(this.chosen));
    this.host.requestUpdate();
  }

  private get step(): number {
    return this.chosen ?? (this.reading() ? READING : START);
  }
}
