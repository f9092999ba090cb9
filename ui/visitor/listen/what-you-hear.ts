import { msg, str } from '@lit/localize';
import { languageName } from '../../../appliance/protocol/languages.ts';
import { secondsOf } from '../../texts/durations.ts';
import { pageLanguage } from '../../texts/locale.ts';
import type { Visit } from '../visit.ts';

/** A lag that a listener notices and wonders about. */
const LATE_MS = 10_000;

/** Said where the sound is not what the visitor chose: what they hear instead, and why. Nothing when all is well. */
export function whatYouHear({ tour, language, channel }: Visit): string | undefined {
  if (!tour) return undefined;
  switch (tour.state) {
    case 'ready':
      return msg('The tour has not started yet. You will hear it as soon as it does.');
    case 'paused':
      return msg('The guide has paused the tour. It goes on here by itself.');
    case 'ended':
      return msg('The tour has ended. Thank you for listening.');
    case 'live':
      break;
  }
  if (tour.muted) return msg('The guide has switched the microphone off for a moment.');
  if (!channel || language === tour.floorLanguage) return undefined;
  switch (channel.state) {
    case 'reconnecting':
      return msg('The interpreter is coming back. You hear the guide’s own voice for now.');
    case 'floor':
      return msg(
        str`There is no interpreter for ${languageName(language, pageLanguage())} now. You hear the guide’s own voice.`,
      );
    case 'live':
      return channel.lagMs >= LATE_MS
        ? msg(str`The translation is ${secondsOf(channel.lagMs, 'long')} behind the guide.`)
        : undefined;
    case 'silent':
      return undefined;
  }
}

/** What the empty page says before the first words. */
export function beforeTheFirstWords({ tour, listening, channel }: Visit): string {
  if (!listening) return msg('Press Listen to hear the tour.');
  // Nobody writes down what nobody interprets.
  if (channel?.state === 'floor') return '';
  return tour?.state === 'live' ? msg('The words appear here as the guide speaks.') : '';
}
