import { msg, str } from '@lit/localize';
import { css, html, type TemplateResult } from 'lit';
import type { Asking } from '../../../appliance/protocol/asking.ts';
import { secondsOf } from '../../texts/durations.ts';
import { askingWords } from '../desk/questions/question-words.ts';

const PAUSES_S = [0, 30, 60, 120, 300];

export const askingStyles = css`
  .asking {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    gap: var(--gap-3);
  }
  .asking label.choice {
    display: flex;
    align-items: center;
    gap: var(--gap-3);
    min-block-size: var(--target);
    font-weight: 500;
  }
`;

/** How a tour takes what visitors say: in its form, and on the desk. */
export function askingFields(asking: Asking, change: (asking: Asking) => void): TemplateResult {
  const set = (changes: Partial<Asking>): void => change({ ...asking, ...changes });
  const off = asking.to === 'off';
  return html`<div class="asking">
    <fieldset>
      <legend>${msg('Questions of visitors')}</legend>
      ${(['guide', 'all', 'off'] as const).map(
        (to) =>
          html`<label class="choice">
            <input
              type="radio"
              name="asking-to"
              value=${to}
              .checked=${asking.to === to}
              @change=${() => set({ to })}
            />${askingWords(to)}
          </label>`,
      )}
    </fieldset>
    ${checkbox('voice', msg('They may also speak'), asking.voice, off, (voice) => set({ voice }))}
    <div class="field">
      <label for="slow">${msg('Time between two questions of one visitor')}</label>
      <select
        id="slow"
        ?disabled=${off}
        @change=${({ target }: Event) =>
          target instanceof HTMLSelectElement && set({ slowS: Number(target.value) })}
      >
        ${pausesWith(asking.slowS).map(
          (slowS) =>
            html`<option value=${slowS} ?selected=${slowS === asking.slowS}>${pauseWords(slowS)}</option>`,
        )}
      </select>
    </div>
    ${checkbox('guide-barges-in', msg('When I begin to speak, a visitor who is heard stops'), asking.guideBargesIn, false, (guideBargesIn) => set({ guideBargesIn }))}
    ${checkbox('asker-ducks', msg('A visitor who speaks hears the tour more quietly'), asking.askerDucks, false, (askerDucks) => set({ askerDucks }))}
  </div>`;
}

function checkbox(
  id: string,
  words: string,
  checked: boolean,
  disabled: boolean,
  set: (checked: boolean) => void,
): TemplateResult {
  return html`<label class="choice">
    <input
      id=${id}
      type="checkbox"
      .checked=${checked}
      ?disabled=${disabled}
      @change=${({ target }: Event) => target instanceof HTMLInputElement && set(target.checked)}
    />${words}
  </label>`;
}

const pausesWith = (slowS: number): number[] =>
  PAUSES_S.includes(slowS) ? PAUSES_S : [...PAUSES_S, slowS].toSorted((a, b) => a - b);

function pauseWords(slowS: number): string {
  if (slowS === 0) return msg('None');
  const time = secondsOf(slowS * 1_000, 'long');
  return msg(str`At least ${time}`);
}
