import { msg, str } from '@lit/localize';
import { html, nothing, type TemplateResult } from 'lit';

/** Fields for what a tour may cost and how long its words are kept: at the claim, in the settings and in a tour. */

const DAYS = [0, 1, 7, 30, 90, 365];

/** How far guides may raise the budget of a tour. */
export const raisableField = (value: string, typed: (value: string) => void, wrong = ''): TemplateResult =>
  dollarsField({
    id: 'raisable',
    label: msg('Guides may raise it to, in US dollars'),
    value,
    typed,
    wrong,
    hint: msg('Leave it empty, and only you can raise the budget of a tour.'),
  });

export function spendCapField(
  value: string,
  typed: (value: string) => void,
  wrong = '',
  hint = msg('At this sum the translation service stops for a tour. Leave it empty for no budget.'),
): TemplateResult {
  return dollarsField({
    id: 'cap',
    label: msg('Budget for one tour, in US dollars'),
    value,
    typed,
    wrong,
    hint,
  });
}

interface DollarsField {
  readonly id: string;
  readonly label: string;
  readonly value: string;
  readonly typed: (value: string) => void;
  readonly wrong: string;
  readonly hint: string;
}

function dollarsField({ id, label, value, typed, wrong, hint }: DollarsField): TemplateResult {
  return html`<div class="field">
    <label for=${id}>${label}</label>
    <input
      id=${id}
      name=${id}
      dir="ltr"
      inputmode="decimal"
      autocomplete="off"
      maxlength="8"
      .value=${value}
      aria-describedby="${id}-hint"
      aria-invalid=${wrong ? 'true' : 'false'}
      @input=${(event: InputEvent) =>
        event.target instanceof HTMLInputElement && typed(event.target.value.trim().replace(',', '.'))}
    />
    <p id="${id}-hint" class=${wrong ? 'bad' : 'soft small'} role=${wrong ? 'alert' : nothing}>
      ${wrong || hint}
    </p>
  </div>`;
}

/** @param asBox offered as the first choice where a tour may go by its box; it is chosen by `undefined`. */
export function retentionField(
  days: number | undefined,
  chosen: (days: number | undefined) => void,
  asBox?: string,
): TemplateResult {
  const offered =
    days === undefined || DAYS.includes(days) ? DAYS : [...DAYS, days].toSorted((a, b) => a - b);
  return html`<div class="field">
    <label for="days">${msg('Keep transcripts')}</label>
    <select
      id="days"
      @change=${(event: Event) =>
        event.target instanceof HTMLSelectElement &&
        chosen(event.target.value === '' ? undefined : Number(event.target.value))}
    >
      ${asBox === undefined ? nothing : html`<option value="" ?selected=${days === undefined}>${asBox}</option>`}
      ${offered.map(
        (each) => html`<option value=${each} ?selected=${each === days}>${daysWords(each)}</option>`,
      )}
    </select>
  </div>`;
}

function daysWords(days: number): string {
  if (days === 0) return msg('Not at all');
  if (days === 1) return msg('For one day');
  return msg(str`For ${days} days`);
}
