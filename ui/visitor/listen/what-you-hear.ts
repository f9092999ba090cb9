import { msg, str } from '@lit/localize';
import { languageName } from '../../../appliance/protocol/languages.ts';
import type { ChannelView, TourView } from '../../../appliance/protocol/views.ts';
import { secondsOf } from '../../texts/durations.ts';
import { pageLanguage } from '../../texts/locale.ts';

/** A lag that a listener notices and wonders about. */
const LATE_MS = 10_000;

/** A tour, and the language in which it is heard. */
export interface Heard {
  readonly tour: TourView | undefined;
  readonly language: string;
  /** It is read and not heard. */
  readonly reading?: boolean;
}

const channelOf = ({ tour, language }: Heard): ChannelView | undefined =>
  tour?.channels.find((channel) => channel.language === language);

/** Nobody is to take a machine's voice for a person's. */
export function madeByAi(heard: Heard): boolean {
  const { state = 'live', by = 'model' } = channelOf(heard) ?? {};
  if (heard.language === heard.tour?.floorLanguage || by === 'guide') return false;
  return state === 'live' || state === 'silent';
}

/** Said where the sound is not what the visitor chose: what they hear instead, and why. Nothing when all is well. */
export function whatYouHear(heard: Heard): string | undefined {
  const { tour, language } = heard;
  if (!tour) return undefined;
  switch (tour.state) {
    case 'ready':
      if (heard.reading && nothingToRead(heard)) return nobodyWrites();
      return heard.reading
        ? msg('The tour has not started yet. The words appear here as soon as it does.')
        : msg('The tour has not started yet. You will hear it as soon as it does.');
    case 'paused':
      return msg('The guide has paused the tour. It goes on here by itself.');
    case 'ended':
      return heard.reading
        ? msg('The tour has ended. Thank you for coming.')
        : msg('The tour has ended. Thank you for listening.');
    case 'live':
      break;
  }
  if (tour.muted) return msg('The guide has switched the microphone off for a moment.');
  if (!tour.microphoneThere)
    return msg('The guide has no microphone at the moment. You will hear them as soon as there is one.');
  const channel = channelOf(heard);
  if (!channel) return undefined;
  if (language === tour.floorLanguage) return howItIsWritten(heard);
  switch (channel.state) {
    case 'reconnecting':
      return `${msg('The translation is coming back.')} ${heard.reading ? '' : ownVoice()}`.trimEnd();
    case 'floor':
      return untranslated(heard);
    case 'live':
      return howItIsTranslated(channel);
    case 'silent':
      return undefined;
  }
}

function untranslated(heard: Heard): string {
  const name = languageName(heard.language, pageLanguage());
  return `${msg(str`There is no translation into ${name} now.`)} ${theGuide(heard)}`;
}

/** What there is in place of a translation. */
function theGuide(heard: Heard): string {
  return heard.reading ? (howItIsWritten(heard) ?? msg('You read the guide’s own words.')) : ownVoice();
}

const ownVoice = (): string => msg('You hear the guide’s own voice.');

/** Who writes down the guide's own words. */
const writtenBy = ({ tour }: Heard): ChannelView['writtenBy'] =>
  tour?.channels.find(({ language }) => language === tour.floorLanguage)?.writtenBy;

/** The guide's own words are all that there could be to read, and nobody writes them down. */
function nothingToRead(heard: Heard): boolean {
  const { tour, language } = heard;
  const own = language === tour?.floorLanguage || channelOf(heard)?.by === 'guide';
  return own && writtenBy(heard) === 'nobody';
}

const nobodyWrites = (): string =>
  msg('The guide’s words are not written down on this tour: they can only be heard.');

function howItIsWritten(heard: Heard): string | undefined {
  switch (writtenBy(heard)) {
    case 'nobody':
      return heard.reading ? nobodyWrites() : undefined;
    case 'box':
      return msg('The guide’s words are written down by simple programs: they are often wrong.');
    case 'model':
    case undefined:
      return undefined;
  }
}

function howItIsTranslated({ rough, lagMs }: ChannelView): string | undefined {
  const words: string[] = [];
  if (rough) words.push(msg('A rough translation by simple programs: it is often wrong.'));
  if (lagMs >= LATE_MS)
    words.push(msg(str`The translation is ${secondsOf(lagMs, 'long')} behind the guide.`));
  return words.length > 0 ? words.join(' ') : undefined;
}

/** The guide no longer offers `language`, which this visitor had chosen: what they hear or read now. */
export function takenAwayWords(language: string, heard: Heard): string {
  const name = languageName(language, pageLanguage());
  return `${msg(str`Your guide has taken ${name} off this tour.`)} ${theGuide(heard)}`;
}

/** What the empty page says before the first words. */
export function beforeTheFirstWords(heard: Heard, on: boolean): string {
  if (heard.tour?.state === 'ended') return '';
  if (!on) return msg('Go on with Listen or Read only.');
  // Who reads is told above.
  if (nothingToRead(heard)) return heard.reading ? '' : nobodyWrites();
  return heard.tour?.state === 'live' ? msg('The words appear here as the guide speaks.') : '';
}
