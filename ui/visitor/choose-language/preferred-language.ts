import { nearestLanguage } from '../../../appliance/protocol/languages.ts';
import type { TourView } from '../../../appliance/protocol/views.ts';

/** Whether somebody interprets the language now; else the guide's own voice is heard in it. */
export function isInterpreted(tour: TourView, language: string): boolean {
  return tour.channels.find((channel) => channel.language === language)?.by !== 'guide';
}

/**
 * Every language of a tour: `first` when it is one of them, then the guide's own, then the others, those that nobody
 * interprets now at the end.
 */
export function languagesOf(tour: TourView, first: string = tour.floorLanguage): readonly string[] {
  const [interpreted, others] = [true, false].map((now) =>
    tour.languages.filter((language) => isInterpreted(tour, language) === now),
  ) as [string[], string[]];
  const all = [...new Set([tour.floorLanguage, ...interpreted, ...others])];
  return all.includes(first) ? [first, ...all.filter((language) => language !== first)] : all;
}

/**
 * The language to propose: the first of the wishes that the tour offers and somebody interprets; else the guide's own
 * voice, which is always there.
 */
export function preferredLanguage(tour: TourView, wishes: readonly string[]): string {
  const { floorLanguage } = tour;
  const offered = languagesOf(tour).filter(
    (language) => language === floorLanguage || isInterpreted(tour, language),
  );
  return nearestLanguage(wishes, offered) ?? floorLanguage;
}
