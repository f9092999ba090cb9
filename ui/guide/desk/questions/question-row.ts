import { msg, str } from '@lit/localize';
import { html, nothing, type TemplateResult } from 'lit';
import { directionOf, languageName } from '../../../../appliance/protocol/languages.ts';
import type { DeskQuestion } from '../../../../appliance/protocol/questions.ts';
import { microphoneIcon, warnIcon } from '../../../elements/icons.ts';
import type { QuestionAct } from '../../../link/api/questions.ts';
import { pageLanguage } from '../../../texts/locale.ts';
import { moreIcon, voteIcon } from '../desk-icons.ts';
import type { QuestionRow } from './arrangement.ts';
import {
  isTranslated,
  nameWords,
  questionStateWords,
  timeWords,
  translationWords,
} from './question-words.ts';

export interface RowParts {
  /** What the guide reads, where it is not as written. */
  readonly guideLanguage: string;
  /** The original is read. */
  readonly original: boolean;
  readonly busy: boolean;
  readonly act: (act: QuestionAct) => void;
  readonly reply: () => void;
  readonly more: () => void;
  readonly turn: () => void;
}

/**
 * One question and what may be done with it. As high whatever becomes of it: what comes and goes with its state has
 * its place.
 */
export function questionRow({ question, gone }: QuestionRow, parts: RowParts): TemplateResult {
  const { id, state, urgent, votes } = question;
  const words = gone ? msg('No longer there') : questionStateWords(question);
  return html`
    <li
      class="question ${state} ${urgent ? 'urgent' : ''} ${gone ? 'gone' : ''}"
      data-testid="question-${id}"
      data-question=${id}
    >
      ${asker(question)} ${body(question, parts)}
      <div class="signs">
        <span class="votes" title=${msg('Votes')}>
          ${voteIcon}<span class="unseen">${msg('Votes')}: </span>${votes}
        </span>
        <span class="become">${words}</span>
        ${
          isTranslated(question)
            ? html`<button
                class="plain"
                type="button"
                aria-pressed=${parts.original ? 'true' : 'false'}
                aria-describedby="text-${id}"
                ?disabled=${gone}
                @click=${parts.turn}
              >
                ${msg('Original')}
              </button>`
            : nothing
        }
      </div>
      <div class="acts">${acts(question, parts)}</div>
    </li>
  `;
}

function asker(question: DeskQuestion): TemplateResult {
  const { language, voice, urgent, merged, at } = question;
  return html`<p class="asker">
    ${urgent ? html`<strong class="chip">${warnIcon}${msg('Urgent')}</strong>` : nothing}
    <bdi>${nameWords(question)}</bdi>
    <span class="soft small">${languageName(language, pageLanguage())} · ${timeWords(at)}</span>
    ${voice ? html`<span class="soft small spoken">${microphoneIcon}${msg('Spoken')}</span>` : nothing}
    ${merged > 0 ? html`<span class="soft small">${msg(str`Merged with others: ${merged}`)}</span>` : nothing}
  </p>`;
}

function body(question: DeskQuestion, { guideLanguage, original }: RowParts): TemplateResult {
  const { id, language } = question;
  const translated = isTranslated(question) && !original;
  const read = translated ? guideLanguage : language;
  const note = original ? '' : translationWords(question);
  return html`
    <p id="text-${id}" class="text" lang=${read} dir=${directionOf(read)}>
      ${translated ? question.text : question.original}
    </p>
    ${note ? html`<p class="small note">${note}</p>` : nothing}
  `;
}

function acts({ id, state }: DeskQuestion, { busy, act, reply, more }: RowParts): TemplateResult {
  const button = (words: string, style: string, press: () => void) =>
    html`<button class=${style} type="button" aria-describedby="text-${id}" ?disabled=${busy} @click=${press}>
      ${words}
    </button>`;
  return html`
    ${state === 'hidden' ? button(msg('Restore'), '', () => act('restore')) : nothing}
    ${state === 'answering' ? button(msg('Done'), 'main', () => act('done')) : nothing}
    ${state === 'pending' || state === 'shown' ? button(msg('Answer'), 'main', () => act('answer')) : nothing}
    ${button(msg('Reply'), '', reply)}
    <button
      class="plain"
      type="button"
      aria-haspopup="dialog"
      aria-describedby="text-${id}"
      ?disabled=${busy}
      @click=${more}
    >
      ${moreIcon}<span class="unseen">${msg('More')}</span>
    </button>
  `;
}
