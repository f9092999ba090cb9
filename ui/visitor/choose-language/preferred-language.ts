import { nearestLanguage } from '../../../appliance/protocol/languages.ts';
import type { TourView } from '../../../appliance/protocol/views.ts';

/** Every language of a tour: `first` when it is one of them, then the guide's own, then the others. */
export function languagesOf(tour: TourView, first: string = tour.floorLanguage): readonly string[] {
  const all = [...new Set([tour.floorLanguage, ...tour.languages])];
  return all.includes(first) ? [first, ...all.filter((language) => language !== first)] : all;
}

/** The language to propose: the first of the wishes that the tour offers; else the guide's own voice, which is always there. */
export const preferredLanguage = (tour: TourView, wishes: readonly string[]): string =>
  nearestLanguage(wishes, languagesOf(tour)) ?? tour.floorLanguage;
