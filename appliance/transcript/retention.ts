import type { Log } from '../log.ts';
import type { KeptOfTours } from './kept-of-tours.ts';

/** How long a tour's transcript is kept. */
interface Keep {
  readonly days: number;
  /** It loses its oldest lines; that of a tour which is over goes as one. */
  readonly goesOn: boolean;
}

interface RetentionOptions {
  readonly kept: () => readonly KeptOfTours[];
  /** Ms since the epoch, and never too late: deleting cannot be undone. */
  readonly sure: () => number;
  /** Of tours that are not there any more, too. */
  readonly keep: (tour: string) => Keep;
  /** Tours that were deleted, and whose transcripts may be left. */
  readonly erasing: () => readonly string[];
  readonly onErased: (tour: string) => Promise<void>;
  readonly log: Pick<Log, 'info' | 'error'>;
}

const DAY = 24 * 3_600_000;
/** The clock may leap to its right time at any moment; then a day has passed at once. */
const LOOK_EVERY_MS = 3_600_000;

/** Deletes transcripts when they are old enough: at the start, and daily. */
export class Retention {
  private readonly options: RetentionOptions;
  private looking: NodeJS.Timeout | undefined;
  private lookedAt = -Infinity;
  private working: Promise<void> = Promise.resolve();

  constructor(options: RetentionOptions) {
    this.options = options;
  }

  start(): void {
    this.look();
    this.looking = setInterval(() => this.look(), LOOK_EVERY_MS);
  }

  async stop(): Promise<void> {
    clearInterval(this.looking);
    await this.working;
  }

  /** A tour was deleted: its transcript goes now, or, if that fails, with the next look. */
  async erase(tour: string): Promise<void> {
    try {
      await this.eraseAll(tour);
      await this.options.onErased(tour);
    } catch (error) {
      this.options.log.error({ err: error, tour }, 'a transcript cannot be erased');
    }
  }

  private look(): void {
    const now = this.options.sure();
    if (now - this.lookedAt < DAY) return;
    this.lookedAt = now;
    this.working = this.working.then(() => this.deleteOld(now));
  }

  private async deleteOld(now: number): Promise<void> {
    const { kept, erasing, log } = this.options;
    for (const tour of erasing()) await this.erase(tour);
    const found = await Promise.all(kept().map((each) => each.tours().catch(() => [])));
    for (const tour of new Set(found.flat())) {
      try {
        await this.deleteOldOf(tour, now);
      } catch (error) {
        log.error({ err: error, tour }, 'an old transcript cannot be deleted');
      }
    }
  }

  private async deleteOldOf(tour: string, now: number): Promise<void> {
    const { keep, log } = this.options;
    const kept = this.options.kept();
    const { days, goesOn } = keep(tour);
    const before = now - days * DAY;
    if (goesOn) {
      for (const each of kept) await each.forgetBefore(tour, before);
      return;
    }
    const last = await Promise.all(kept.map((each) => each.lastAt(tour)));
    if (Math.max(...last) >= before) return;
    await this.eraseAll(tour);
    log.info({ tour, days }, 'old transcript deleted');
  }

  private async eraseAll(tour: string): Promise<void> {
    for (const each of this.options.kept()) await each.erase(tour);
  }
}
