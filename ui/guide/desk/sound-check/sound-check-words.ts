import { msg, str } from '@lit/localize';
import { languageName } from '../../../../appliance/protocol/languages.ts';
import type {
  CheckedLanguageView,
  SoundCheckStages,
  SoundCheckView,
} from '../../../../appliance/protocol/sound-check.ts';
import { secondsOf } from '../../../texts/durations.ts';
import { pageLanguage } from '../../../texts/locale.ts';

/** Quieter than this a recogniser guesses; and at full scale sound is distorted, dBFS. */
const QUIET_DB = -42;
const FULL_DB = -1;

/** What goes on: also for who does not see it. */
export function progressWords({ state, source, problem, languages }: SoundCheckView): string {
  if (state === 'done') return problem ? '' : msg('The sound check is done.');
  if (state === 'listening')
    return source === 'clip' ? msg('Reading the clip…') : msg('Say something now, for five seconds.');
  const at = languages.findIndex((each) => each.state === 'trying');
  const now = languages[at];
  if (!now) return msg('Trying the languages…');
  const name = languageName(now.language, pageLanguage());
  return msg(str`Trying ${name}: ${at + 1} of ${languages.length}`);
}

export function levelWords({ rmsDb, peakDb }: NonNullable<SoundCheckView['level']>): string {
  if (peakDb >= FULL_DB) return msg('Too loud: it is distorted. Go further from the microphone.');
  return rmsDb < QUIET_DB ? msg('Very quiet. Come closer to the microphone.') : msg('Loud enough.');
}

/** One plain sentence. */
export function verdictWords({ verdict, by, stages, text }: CheckedLanguageView): string {
  const behind = secondsOf(stages.onItsWay ?? 0, 'short');
  switch (verdict) {
    case 'well':
      return by === 'box'
        ? msg(str`Heard, in a rough translation, ${behind} behind you.`)
        : msg(str`Heard well, ${behind} behind you.`);
    case 'late':
      return msg(str`Heard, but late: ${behind} behind you.`);
    case 'silent':
      return text
        ? msg('It was translated, but nothing was heard.')
        : msg('Nothing came back. Try again, or say something else.');
    case 'untranslated':
      return msg('No translation; visitors hear your own voice');
    case undefined:
      return '';
  }
}

/** What took how long, in the order in which it happens. */
export function stageWords(stages: SoundCheckStages): { readonly name: string; readonly time: string }[] {
  const named: [string, number | undefined][] = [
    [msg('Captured'), stages.captured],
    [msg('Sent'), stages.sent],
    [msg('First text'), stages.firstText],
    [msg('First sound'), stages.firstSound],
    [msg('Encoded'), stages.encoded],
    [msg('On its way'), stages.onItsWay],
  ];
  return named.flatMap(([name, ms]) => (ms === undefined ? [] : [{ name, time: exact(ms) }]));
}

/** The first stages differ by hundredths. */
function exact(ms: number): string {
  return new Intl.NumberFormat(pageLanguage(), {
    style: 'unit',
    unit: 'second',
    unitDisplay: 'short',
    minimumFractionDigits: 2,
    maximumFractionDigits: 2,
  }).format(ms / 1_000);
}
