import type { Tour } from '../tour/tour.ts';

/** What of a tour is needed to read to it. */
export type AnnouncedTour = Pick<Tour, 'record' | 'subscribe' | 'channel'> & {
  readonly attendance: Pick<Tour['attendance'], 'listeners'>;
  readonly spend: Pick<Tour['spend'], 'add' | 'state'>;
};
