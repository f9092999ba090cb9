import { msg, str } from '@lit/localize';
import type { VoicePace } from '../../../../appliance/protocol/views.ts';
import { secondsOf } from '../../../texts/durations.ts';
import { pageLanguage } from '../../../texts/locale.ts';

/** A tempo that nobody hears is not worth a word. */
const NOTED_TEMPO = 1.02;

/** How a language's voice keeps up: what there is to say of it. */
export function paceWords({ lagP50Ms, lagP95Ms, tempo, skipped }: VoicePace): string[] {
  const words: string[] = [];
  if (lagP95Ms > 0)
    words.push(msg(str`Usually ${secondsOf(lagP50Ms, 'short')}, at times ${secondsOf(lagP95Ms, 'short')}`));
  if (tempo >= NOTED_TEMPO) words.push(msg(str`Now spoken ${percent(tempo - 1)} faster`));
  if (skipped > 0) words.push(msg(str`Sentences skipped: ${skipped}`));
  return words;
}

function percent(share: number): string {
  return new Intl.NumberFormat(pageLanguage(), { style: 'percent' }).format(share);
}
