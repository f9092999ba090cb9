import type { ReactiveControllerHost } from 'lit';
import { recall, remember } from '../memory.ts';

/** Sizes of the captions, rem. The second is where everyone starts. */
const SIZES = [1.125, 1.375, 1.75, 2.25, 3] as const;
const START = 1;

/** How large the captions are, remembered on this phone. */
export class TextSize {
  private step: number;
  private readonly host: ReactiveControllerHost;

  constructor(host: ReactiveControllerHost) {
    this.host = host;
    const known = Number(recall('text-size') ?? START);
    this.step = Number.isInteger(known) && known >= 0 && known < SIZES.length ? known : START;
  }

  get rem(): number {
    return SIZES[this.step] ?? SIZES[START];
  }

  canChange(by: 1 | -1): boolean {
    return SIZES[this.step + by] !== undefined;
  }

  change(by: 1 | -1): void {
    if (!this.canChange(by)) return;
    this.step += by;
    remember('text-size', String(this.step));
    this.host.requestUpdate();
  }
}
