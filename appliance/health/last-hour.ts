import type { BoxSample, LastHourView } from '../protocol/last-hour.ts';

const EVERY_MS = 10_000;
const HOUR_MS = 3_600_000;

export interface LastHourOptions {
  /** How the box is now. Never throws. */
  readonly look: () => Promise<BoxSample>;
  readonly everyMs?: number;
}

/** How the box was during the last hour: a look every ten seconds, in memory only, the oldest forgotten first. */
export class LastHour {
  private readonly look: LastHourOptions['look'];
  private readonly everyMs: number;
  private samples: BoxSample[] = [];
  private timer: NodeJS.Timeout | undefined;
  private looking: Promise<void> | undefined;

  constructor({ look, everyMs = EVERY_MS }: LastHourOptions) {
    this.look = look;
    this.everyMs = everyMs;
  }

  start(): void {
    this.timer = setInterval(() => void this.take(), this.everyMs).unref();
    void this.take();
  }

  async stop(): Promise<void> {
    clearInterval(this.timer);
    await this.looking;
  }

  get newest(): BoxSample | undefined {
    return this.samples.at(-1);
  }

  view(): LastHourView {
    return { everyMs: this.everyMs, samples: this.samples };
  }

  /** A look that takes longer than its turn does the next one's work too. */
  take(): Promise<void> {
    this.looking ??= this.add().finally(() => (this.looking = undefined));
    return this.looking;
  }

  private async add(): Promise<void> {
    const sample = await this.look();
    const most = Math.floor(HOUR_MS / this.everyMs);
    this.samples = [...this.samples.slice(1 - most), sample];
  }
}
