import { msg } from '@lit/localize';
import { html, nothing, type TemplateResult } from 'lit';
import { languageName } from '../../../../appliance/protocol/languages.ts';
import type { Talker } from '../../../../appliance/protocol/talk.ts';
import { pageLanguage } from '../../../texts/locale.ts';
import { nameWords } from '../questions/question-words.ts';
import '../voices/countdown.ts';
import type { FloorNow } from './desk-floor.ts';

export interface FloorActs {
  readonly lost: boolean;
  readonly grant: (attendee: string) => void;
  readonly refuse: (attendee: string) => void;
  readonly takeBack: () => void;
}

/** Who is heard: by all, or by the guide. */
export function holderRow(holder: NonNullable<FloorNow['holder']>, acts: FloorActs): TemplateResult {
  const { attendee, to, endsAt } = holder;
  return html`<div class="voice heard" data-testid="holder">
    ${whose(holder, to === 'all' ? msg('Speaks to all') : msg('Speaks to you'))}
    <ubizo-countdown .endsAt=${endsAt}></ubizo-countdown>
    <div class="buttons">
      ${
        to === 'guide'
          ? html`<button type="button" ?disabled=${acts.lost} @click=${() => acts.grant(attendee)}>
              ${msg('To all')}
            </button>`
          : nothing
      }
      <button class="danger" type="button" ?disabled=${acts.lost} @click=${acts.takeBack}>
        ${msg('Take back')}
      </button>
    </div>
  </div>`;
}

/** Who would like to be. */
export function waitingRow(talker: Talker, acts: FloorActs): TemplateResult {
  const { attendee, to } = talker;
  const button = (words: string, style: string, act: (attendee: string) => void) =>
    html`<button
      class=${style}
      type="button"
      aria-describedby="talker-${attendee}"
      ?disabled=${acts.lost}
      @click=${() => act(attendee)}
    >
      ${words}
    </button>`;
  return html`<div class="voice" data-testid="waiting-${attendee}">
    ${whose(talker, to === 'all' ? msg('Would like to speak to all') : msg('Would like to speak to you'))}
    <div class="buttons">
      ${button(msg('Let speak'), 'main', acts.grant)} ${button(msg('Refuse'), '', acts.refuse)}
    </div>
  </div>`;
}

function whose(talker: Talker, words: string): TemplateResult {
  const { attendee, language, interpreted } = talker;
  const name = languageName(language, pageLanguage());
  return html`<p class="whose" id="talker-${attendee}">
    <bdi class="name">${nameWords(talker)}</bdi>
    <span class="soft small"
      >${name} · ${words}${interpreted ? nothing : html` · ${msg('not translated')}`}</span
    >
  </p>`;
}
