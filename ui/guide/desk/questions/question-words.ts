import { msg, str } from '@lit/localize';
import type { QuestionsTo } from '../../../../appliance/protocol/asking.ts';
import type { DeskQuestion } from '../../../../appliance/protocol/questions.ts';
import { boxNow } from '../../../link/box-clock.ts';
import { pageLocale } from '../../../texts/locale.ts';

export const nameWords = ({ name }: { readonly name?: string | undefined }): string =>
  name || msg('Visitor without a name');

/** Whether another text than the original is there to be read. */
export const isTranslated = ({ text, by }: DeskQuestion): boolean =>
  text !== undefined && by !== 'as-written';

/** What is to be known of the text that is read. '' when it is as good as can be. */
export function translationWords(question: DeskQuestion): string {
  const { untranslated, text, by } = question;
  if (untranslated === 'no-engine') return msg('Not translated: no translation for this language');
  if (untranslated === 'spend-cap') return msg('Not translated: the budget is spent');
  if (untranslated) return msg('Not translated: it failed');
  if (text === undefined && by !== 'as-written') return msg('Being translated…');
  return by === 'box' ? msg('Rough translation') : '';
}

/** What has become of it. '' while it is with the guide. */
export function questionStateWords({ state, later, reply }: DeskQuestion): string {
  switch (state) {
    case 'answering':
      return msg('You are answering it');
    case 'answered':
      return msg('Answered');
    case 'hidden':
      return msg('Hidden');
    case 'shown':
      return msg('Shown to all');
    case 'pending':
      if (later) return msg('Put off');
      return reply === undefined ? '' : msg('You wrote back');
  }
}

/** Of day, by this phone's clock: it stands still, unlike an age. */
export function timeWords(at: number): string {
  const here = at - boxNow() + Date.now();
  return new Intl.DateTimeFormat(pageLocale(), { hour: 'numeric', minute: '2-digit' }).format(here);
}

/** Who may ask, and who sees it. */
export function askingWords(to: QuestionsTo): string {
  switch (to) {
    case 'guide':
      return msg('To me only');
    case 'all':
      return msg('To all, after my tap');
    case 'off':
      return msg('Off');
  }
}

export const newWords = (count: number): string => msg(str`${count} new`);
