import { UbizoError } from '../protocol/errors.ts';
import type { Summary } from '../protocol/views.ts';
import type { Attendance } from './attendance.ts';
import type { KeptRecord } from './kept-record.ts';
import { Tally } from './tally.ts';

/** A box that loses its power forgets so much of the count, ms. */
const SAVE_TALLY_MS = 1_000;

export interface OutcomeOptions {
  readonly kept: KeptRecord;
  readonly attendance: Attendance;
  readonly onSummary: (summary: Summary) => void;
}

/** How a tour went: what its guide is told of it afterwards, and what its visitors say of it. */
export class Outcome {
  private readonly options: OutcomeOptions;
  private readonly tally: Tally;

  constructor(options: OutcomeOptions) {
    const { kept } = options;
    this.options = options;
    this.tally = new Tally({
      kept: kept.now.tally,
      keep: ({ mostListeners, ratings }) => {
        const tally = { mostListeners, ratings: [...ratings] };
        kept.assume({ tally });
        kept.unsaved.keepSoon({ tally }, SAVE_TALLY_MS);
      },
    });
  }

  /** Undefined before the tour has begun. */
  get summary(): Summary | undefined {
    const { startedAt, endedAt } = this.options.kept.now;
    return startedAt === undefined ? undefined : this.tally.summary({ startedAt, endedAt });
  }

  /** Others hear or read the tour now. */
  attended(): void {
    if (this.options.kept.now.state === 'live') this.tally.count(this.options.attendance.present);
  }

  /** @throws UbizoError `attendee_not_found` for who has heard nothing of it; `tour_state`. */
  rate(attendee: string, stars: number): void {
    const { kept, attendance } = this.options;
    if (kept.now.startedAt === undefined)
      throw new UbizoError('tour_state', 'A tour that has not begun cannot be rated.');
    if (!attendance.hasCome(attendee))
      throw new UbizoError('attendee_not_found', 'Only who was on the tour can rate it.');
    this.tally.rate(attendee, stars);
    this.tell();
  }

  /** The tour is over. */
  close(): void {
    this.tally.save();
    this.tell();
  }

  private tell(): void {
    const { summary } = this;
    if (summary) this.options.onSummary(summary);
  }
}
