/** Nothing has moved for so long, and nobody speaks, ms. */
const STILL_MS = 400;
/** Then it is looked this often whether somebody does, ms. */
const LOOK_MS = 40;

export interface FramesOptions {
  readonly perSecond: number;
  /** `seconds`: since the last time. Answers whether there is something to see. */
  readonly draw: (seconds: number) => boolean;
  /** The page is seen again, or has gone into the background, where nothing is drawn or looked at. */
  readonly onSeen: (seen: boolean) => void;
}

/**
 * When to draw: often while something moves and somebody sees it; now and then while nothing does; else never. By a
 * timer: an animation frame would have the browser go over the whole page, also where nothing is to be changed.
 */
export class Frames {
  private readonly options: FramesOptions;
  private wanted = false;
  private timer: ReturnType<typeof setInterval> | undefined;
  private everyMs = 0;
  private drawnAt = 0;
  private movedAt = 0;

  constructor(options: FramesOptions) {
    this.options = options;
  }

  start(): void {
    if (this.wanted) return;
    this.wanted = true;
    document.addEventListener('visibilitychange', this.turn);
    this.turn();
  }

  stop(): void {
    if (!this.wanted) return;
    this.wanted = false;
    document.removeEventListener('visibilitychange', this.turn);
    this.turn();
  }

  private readonly turn = (): void => {
    const seen = this.wanted && !document.hidden;
    this.options.onSeen(seen);
    this.drawnAt = performance.now();
    this.movedAt = this.drawnAt;
    this.goOn(seen ? 1_000 / this.options.perSecond : 0);
  };

  /** Every so many ms; 0: no more. */
  private goOn(everyMs: number): void {
    if (everyMs === this.everyMs) return;
    this.everyMs = everyMs;
    clearInterval(this.timer);
    this.timer = everyMs > 0 ? setInterval(this.onTime, everyMs) : undefined;
  }

  private readonly onTime = (): void => {
    const now = performance.now();
    const seconds = (now - this.drawnAt) / 1_000;
    this.drawnAt = now;
    if (this.options.draw(seconds)) this.movedAt = now;
    this.goOn(now - this.movedAt < STILL_MS ? 1_000 / this.options.perSecond : LOOK_MS);
  };
}
