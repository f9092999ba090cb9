import { msg, str } from '@lit/localize';
import type { TourDeskView } from '../../../../appliance/protocol/views.ts';
import type { TourStep } from '../../../link/api/tours.ts';

/** What is known of a tour, beyond what the box has told. */
export interface StateSigns {
  readonly listeners: number;
  /** Who read without hearing. */
  readonly readers: number;
  /** There is no contact with the box. */
  readonly lost: boolean;
  /** What the guide has asked for and the box has not confirmed. */
  readonly muteAsked: boolean | undefined;
  /** The microphone is open and nothing comes out of it. */
  readonly soundless: boolean;
}

export function stepWords(step: TourStep): string {
  switch (step) {
    case 'start':
      return msg('Start');
    case 'pause':
      return msg('Pause');
    case 'resume':
      return msg('Resume');
    case 'end':
      return msg('End tour');
  }
}

/** While the box has not said that it is done. */
export function pendingStepWords(step: TourStep): string {
  switch (step) {
    case 'start':
      return msg('Starting…');
    case 'pause':
      return msg('Pausing…');
    case 'resume':
      return msg('Resuming…');
    case 'end':
      return msg('Ending…');
  }
}

/** The one sentence below the state. */
export function meaningOf(tour: TourDeskView, signs: StateSigns): string {
  if (signs.lost) {
    // What was asked for may have arrived before the contact was lost.
    const heard = tour.state === 'live' && !(tour.muted && signs.muteAsked !== false);
    return heard
      ? msg('No contact with the box. Visitors may still hear you.')
      : msg('No contact with the box. It comes back by itself.');
  }
  switch (tour.state) {
    case 'ready':
      return msg('Nobody hears you yet.');
    case 'paused':
      return msg('Nobody hears you. The visitors are told that it goes on.');
    case 'ended':
      return msg('The visitors have been told that the tour is over.');
    case 'live':
      break;
  }
  if (signs.muteAsked === true) return msg('Muting… Visitors may still hear you.');
  if (tour.muted) return msg('You are muted: nobody hears you.');
  if (tour.microphone.id === 'none') return msg('But there is no microphone: nobody hears you.');
  if (tour.microphone.state !== 'open') return msg('But the microphone is not open: nobody hears you.');
  if (signs.readers > 0) return msg(str`Visitors listening: ${signs.listeners}, reading: ${signs.readers}`);
  return msg(str`Visitors listening: ${signs.listeners}`);
}

/** What a guide must know at once while the tour is live, wherever the page is scrolled to. */
export function warningsOf(tour: TourDeskView, { lost, soundless }: StateSigns): string[] {
  if (lost || tour.state !== 'live') return [];
  return [
    ...(soundless ? [msg('No sound from the microphone for 10 seconds.')] : []),
    ...(noTranslationWorks(tour) ? [msg('No translation works: visitors hear your own voice.')] : []),
  ];
}

/** Of the languages that somebody hears or reads, none is interpreted. */
function noTranslationWorks({ channels, floorLanguage }: TourDeskView): boolean {
  const wanted = channels.filter(({ language, state }) => language !== floorLanguage && state !== 'silent');
  return wanted.length > 0 && wanted.every(({ state }) => state !== 'live');
}

/** Whether a tour that starts now would have no voice: the microphone is not there, nor about to be. */
export function lacksMicrophone({ microphone: { id, state } }: TourDeskView): boolean {
  return id === 'none' || (state !== 'open' && state !== 'opening');
}
