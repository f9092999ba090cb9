import { sumOf } from './spend.ts';
import type { Tour } from './tour.ts';
import type { TourRecord } from './record.ts';

/** A box that loses its power forgets what was spent since: of ten languages, six cents. */
const KEEP_EVERY_MS = 10_000;

export interface SpendKeepingOptions {
  readonly tours: () => Iterable<Tour>;
  readonly everyMs?: number;
  /** All in one write. @throws UbizoError `storage_failed`. */
  readonly save: (changes: ReadonlyMap<string, Partial<TourRecord>>) => Promise<void>;
}

/** Writes down what the tours cost, for all of them at once and not often: a memory card wears out by writing. */
export class SpendKeeping {
  private readonly options: SpendKeepingOptions;
  private clock: NodeJS.Timeout | undefined;
  private keeping: Promise<void> = Promise.resolve();

  constructor(options: SpendKeepingOptions) {
    this.options = options;
  }

  start(): void {
    this.clock = setInterval(() => void this.keep(), this.options.everyMs ?? KEEP_EVERY_MS);
  }

  async stop(): Promise<void> {
    clearInterval(this.clock);
    await this.keep();
  }

  private keep(): Promise<void> {
    this.keeping = this.keeping.then(() => this.write());
    return this.keeping;
  }

  private async write(): Promise<void> {
    const changed = [...this.options.tours()].filter(({ spend, record }) => spend.usd > sumOf(record.spent));
    if (changed.length === 0) return;
    const amounts = changed.map((tour) => ({ tour, spent: tour.spend.spent }));
    try {
      await this.options.save(new Map(amounts.map(({ tour, spent }) => [tour.record.id, { spent }])));
      for (const { tour, spent } of amounts) tour.spentKept(spent);
    } catch {
      // That nothing can be saved is told by the storage; the next turn tries again.
    }
  }
}
