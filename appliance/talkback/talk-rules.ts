import { type Asking, USUAL_ASKING } from '../protocol/asking.ts';
import { UbizoError } from '../protocol/errors.ts';
import type { Tour } from '../tour/tour.ts';

/** Why a visitor may not speak, for reasons that are not the tour's own. @throws UbizoError. */
export type ExpectMayAsk = (tour: Tour, attendee: string) => void;

/** Who may speak on a tour, as it is just now. */
export class TalkRules {
  private readonly tour: Tour;
  private readonly expectMayAsk: ExpectMayAsk | undefined;

  constructor({ tour, expectMayAsk }: { tour: Tour; expectMayAsk?: ExpectMayAsk | undefined }) {
    this.tour = tour;
    this.expectMayAsk = expectMayAsk;
  }

  get asking(): Asking {
    return this.tour.record.asking ?? USUAL_ASKING;
  }

  /** Whether anybody may. */
  get open(): boolean {
    const { voice, to } = this.asking;
    return this.tour.record.state === 'live' && voice && to !== 'off';
  }

  /** @throws UbizoError `attendee_removed`, `voice_off`, `tour_over`, `tour_state`, or why not besides. */
  expectMay(attendee: string): void {
    this.tour.attendance.expectWelcome(attendee);
    this.expectLive();
    if (!this.open) throw new UbizoError('voice_off', 'Your guide takes no questions by voice just now.');
    this.expectMayAsk?.(this.tour, attendee);
  }

  /** @throws UbizoError `tour_over`, `tour_state`. */
  expectLive(): void {
    const { state } = this.tour.record;
    if (state === 'ended') throw new UbizoError('tour_over', 'This tour has ended.');
    if (state !== 'live')
      throw new UbizoError('tour_state', 'Visitors can speak while the tour is live. It is not just now.');
  }
}
