import { msg, str } from '@lit/localize';
import { html, nothing, type TemplateResult } from 'lit';

/** Fields for what a tour may cost and how long its words are kept: at the claim, in the settings and in a tour. */

const DAYS = [0, 1, 7, 30, 90, 365];

export function spendCapField(
  value: string,
  typed: (value: string) => void,
  wrong = '',
  hint = msg('At this sum the paid interpreters of a tour stop. Leave it empty for no cap.'),
): TemplateResult {
  return html`<div class="field">
    <label for="cap">${msg('Spend cap for one tour, in US dollars')}</label>
    <input
      id="cap"
      name="cap"
      dir="ltr"
      inputmode="decimal"
      autocomplete="off"
      maxlength="8"
      .value=${value}
      aria-describedby="cap-hint"
      aria-invalid=${wrong ? 'true' : 'false'}
      @input=${(event: InputEvent) =>
        event.target instanceof HTMLInputElement && typed(event.target.value.trim().replace(',', '.'))}
    />
    <p id="cap-hint" class=${wrong ? 'bad' : 'soft small'} role=${wrong ? 'alert' : nothing}>
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
