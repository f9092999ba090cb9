import { msg } from '@lit/localize';
import { html, nothing, type TemplateResult } from 'lit';
import { languageName } from '../../../../appliance/protocol/languages.ts';
import type { CallEnd, DeskCall } from '../../../../appliance/protocol/talk.ts';
import { pageLanguage } from '../../../texts/locale.ts';
import { callIcon } from '../desk-icons.ts';
import { nameWords } from '../questions/question-words.ts';
import '../voices/countdown.ts';

export interface CallActs {
  readonly lost: boolean;
  readonly take: (call: DeskCall) => void;
  readonly decline: (id: string) => void;
  readonly hangUp: (id: string) => void;
}

export function ringingRow(call: DeskCall, { lost, take, decline }: CallActs): TemplateResult {
  const { id } = call;
  return html`<div class="voice heard" data-testid="call-${id}">
    ${whose(call, msg('calls you'))}
    <div class="buttons">
      <button
        class="main"
        type="button"
        aria-haspopup="dialog"
        aria-describedby="caller-${id}"
        ?disabled=${lost}
        @click=${() => take(call)}
      >
        ${callIcon}${msg('Take')}
      </button>
      <button type="button" aria-describedby="caller-${id}" ?disabled=${lost} @click=${() => decline(id)}>
        ${msg('Decline')}
      </button>
    </div>
  </div>`;
}

export function activeRow(call: DeskCall, { lost, hangUp }: CallActs): TemplateResult {
  const { id, endsAt, interpreted } = call;
  return html`<div class="voice heard" data-testid="call-${id}">
    ${whose(call, interpreted ? msg('on the line, translated') : msg('on the line'))}
    ${endsAt === undefined ? nothing : html`<ubizo-countdown .endsAt=${endsAt}></ubizo-countdown>`}
    <div class="buttons">
      <button class="danger" type="button" ?disabled=${lost} @click=${() => hangUp(id)}>
        ${msg('Hang up')}
      </button>
    </div>
  </div>`;
}

export const endedRow = (call: DeskCall): TemplateResult =>
  html`<div class="voice" role="status">${whose(call, endWords(call.end))}</div>`;

function whose(call: DeskCall, words: string): TemplateResult {
  return html`<p class="whose" id="caller-${call.id}">
    <bdi class="name">${nameWords(call)}</bdi>
    <span class="soft small">${languageName(call.language, pageLanguage())} · ${words}</span>
  </p>`;
}

function endWords(end: CallEnd | undefined): string {
  switch (end) {
    case 'declined':
      return msg('You declined the call.');
    case 'missed':
      return msg('You missed the call.');
    case 'over':
      return msg('The call’s time was over.');
    case 'lost':
      return msg('The call was lost: no contact with the phone.');
    case 'hung-up':
    case undefined:
      return msg('The call is over.');
  }
}
