import { localized, msg, str } from '@lit/localize';
import { html, LitElement, nothing } from 'lit';
import { customElement, state } from 'lit/decorators.js';
import type { Check, CheckUpsView, CheckUpView } from '../../../appliance/protocol/box-state.ts';
import '../../elements/notice.ts';
import { checkUps, makeCheckUp } from '../../link/api/box-state.ts';
import { base, buttons } from '../../style/base.ts';
import { pageLocale } from '../../texts/locale.ts';
import { Attempt } from '../attempt.ts';
import { panel } from '../panel.ts';
import { guideProblemWords } from '../problem-words.ts';
import { boxStyles } from './box-styles.ts';
import { checkName } from './box-words.ts';

/** What is to be mended stands first. */
const ORDER = { mend: 0, ok: 1, skip: 2 } as const;
const MARKS = { mend: '!', ok: '✓', skip: '–' } as const;

/** The box's check-up, for its owner. Its findings are the script's own words, in English. */
@localized()
@customElement('ubizo-check-up')
export class CheckUp extends LitElement {
  static override styles = [base, buttons, panel, boxStyles];

  @state() private found: CheckUpsView | undefined;
  private readonly looking = new Attempt(this);
  private readonly making = new Attempt(this);

  override connectedCallback(): void {
    super.connectedCallback();
    void this.looking.run(async () => {
      this.found = await checkUps();
    });
  }

  override render() {
    const { found } = this;
    const { busy } = this.making;
    const problem = this.making.problem ?? this.looking.problem;
    return html`
      <section class="panel" aria-labelledby="check-up">
        <h2 id="check-up">${msg('Check-up')}</h2>
        ${problem ? html`<ubizo-notice tone="bad" .text=${guideProblemWords(problem)}></ubizo-notice>` : nothing}
        ${found && !found.possible ? html`<p class="soft">${msg('Only an installed box can check itself.')}</p>` : nothing}
        ${
          found?.possible
            ? html`<div class="row">
                <button type="button" ?disabled=${busy} @click=${() => void this.make()}>
                  ${busy ? msg('Checking…') : msg('Check the box now')}
                </button>
                <p role="status" class="soft">${busy ? msg('This takes up to 20 seconds.') : ''}</p>
              </div>`
            : nothing
        }
        ${found?.last ? this.result(found.last) : nothing}
      </section>
    `;
  }

  private result({ at, checks }: CheckUpView) {
    const time = new Intl.DateTimeFormat(pageLocale(), { dateStyle: 'medium', timeStyle: 'short' }).format(
      at,
    );
    const open = checks.filter(({ state }) => state === 'mend').length;
    return html`
      <div>
        <p><strong>${open === 0 ? msg('All is well.') : msg(str`To be done: ${open}`)}</strong></p>
        <p class="soft small">${time}</p>
      </div>
      <ul class="checks">
        ${checks.toSorted((a, b) => ORDER[a.state] - ORDER[b.state]).map(row)}
      </ul>
    `;
  }

  private async make(): Promise<void> {
    await this.making.run(async () => {
      this.found = { possible: true, last: await makeCheckUp() };
    });
  }
}

function row({ name, state, text, remedy }: Check) {
  const words = { mend: msg('To be done'), ok: msg('Good'), skip: msg('Not checked') }[state];
  return html`<li class=${state}>
    <span class="mark" aria-hidden="true">${MARKS[state]}</span>
    <strong><span class="unseen">${words}: </span>${checkName(name)}</strong>
    <span class="what"><bdi lang="en">${text}</bdi></span>
    ${remedy === undefined ? nothing : html`<span class="what remedy"><bdi lang="en">${remedy}</bdi></span>`}
  </li>`;
}

declare global {
  interface HTMLElementTagNameMap {
    'ubizo-check-up': CheckUp;
  }
}
