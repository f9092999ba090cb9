import { localized, msg, str } from '@lit/localize';
import { css, html, LitElement, nothing } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { languageName } from '../../../../appliance/protocol/languages.ts';
import type { TourDeskView } from '../../../../appliance/protocol/views.ts';
import '../../../elements/notice.ts';
import '../../../elements/sheet.ts';
import { base, buttons, fields } from '../../../style/base.ts';
import { pageLanguage } from '../../../texts/locale.ts';
import { spendCapField } from '../../device/limit-fields.ts';
import { panel } from '../../panel.ts';
import { dollars } from './money.ts';

/** What the tour has cost against what it may, by language. Fires `spend-cap` with US dollars: the cap of this tour. */
@localized()
@customElement('ubizo-spend-panel')
export class SpendPanel extends LitElement {
  static override styles = [
    base,
    buttons,
    fields,
    panel,
    css`
      .sum {
        display: flex;
        flex-wrap: wrap;
        align-items: baseline;
        gap: var(--gap-2);
      }
      .usd {
        font-size: 1.75rem;
        font-weight: 750;
        line-height: 1;
        font-variant-numeric: tabular-nums;
      }
      [role='meter'] {
        block-size: 12px;
        border-radius: 6px;
        border: 1px solid var(--line-strong);
        overflow: hidden;
        background: var(--sunken);
      }
      .fill {
        block-size: 100%;
        background: var(--good);
      }
      .warn .fill {
        background: var(--warn);
      }
      .reached .fill {
        background: var(--bad);
      }
      li {
        display: flex;
        justify-content: space-between;
        flex-wrap: wrap;
        gap: 0 var(--gap-3);
        padding-block: var(--gap-2);
        border-block-start: 1px solid var(--line);
        font-variant-numeric: tabular-nums;
      }
      form {
        display: grid;
        gap: var(--gap-4);
      }
      .bad {
        color: var(--bad);
        font-weight: 600;
      }
    `,
  ];

  @property({ attribute: false }) tour: TourDeskView | undefined;
  @property({ type: Boolean }) busy = false;
  /** Interpreting costs something on this box. */
  @property({ type: Boolean }) costs = false;
  /** Another cap was asked for, and the box has not confirmed it. */
  @property({ type: Boolean }) saving = false;
  @state() private typed = '';
  @state() private wrong = '';

  override render() {
    const { tour } = this;
    if (!tour) return nothing;
    const { usd, capUsd, state } = tour.spend;
    const perLanguage = tour.spend.perLanguage.filter((each) => each.usd > 0);
    const over = tour.state === 'ended';
    // Where nothing costs there is nothing to say about it.
    if (usd === 0 && (over || capUsd === null || !this.costs)) return nothing;
    return html`
      <section class="panel ${state}" aria-labelledby="heading">
        <h2 id="heading">${msg('Cost')}</h2>
        <p class="sum">
          <span class="usd" data-testid="spent">${dollars(usd)}</span>
          <span class="soft"
            >${capUsd === null ? msg('so far, no budget') : msg(str`of ${dollars(capUsd)} so far`)}</span
          >
        </p>
        ${capUsd === null ? nothing : this.meter(usd, capUsd)} ${over ? nothing : this.warning()}
        ${
          perLanguage.length > 0
            ? html`<ul>
                ${perLanguage.map(
                  (each) =>
                    html`<li>
                      <span>${languageName(each.language, pageLanguage())}</span
                      ><span>${dollars(each.usd)}</span>
                    </li>`,
                )}
              </ul>`
            : nothing
        }
        ${
          over || capUsd === null || !this.isRaisable(capUsd)
            ? nothing
            : html`<button
                class=${state === 'reached' ? 'main' : ''}
                type="button"
                ?disabled=${this.busy}
                @click=${() => this.open(capUsd)}
              >
                ${this.saving ? msg('Saving…') : msg('Raise the budget')}
              </button>`
        }
      </section>
      <ubizo-sheet .heading=${msg('Raise the budget')}>
        <form novalidate @submit=${this.submitted} @input=${() => (this.wrong = '')}>
          ${spendCapField(this.typed, (typed) => (this.typed = typed), this.wrong, this.hint())}
          <button class="main" type="submit">${msg('Save')}</button>
        </form>
      </ubizo-sheet>
    `;
  }

  private isRaisable(capUsd: number): boolean {
    const { raisableToUsd = Infinity } = this.tour ?? {};
    return raisableToUsd > capUsd;
  }

  private hint(): string {
    const { raisableToUsd } = this.tour ?? {};
    return raisableToUsd === undefined
      ? msg('For this tour only. The translation service comes back at once.')
      : msg(str`For this tour only. The owner lets you go up to ${dollars(raisableToUsd)}.`);
  }

  private meter(usd: number, capUsd: number) {
    const share = capUsd === 0 ? 1 : Math.min(1, usd / capUsd);
    return html`<div
      role="meter"
      aria-labelledby="heading"
      aria-valuemin="0"
      aria-valuemax=${capUsd}
      aria-valuenow=${Math.min(usd, capUsd)}
      aria-valuetext=${msg(str`${dollars(usd)} of ${dollars(capUsd)}`)}
    >
      <div class="fill" style="inline-size: ${(share * 100).toFixed(1)}%"></div>
    </div>`;
  }

  private warning() {
    const { state, capUsd } = this.tour?.spend ?? {};
    if (state === 'reached')
      return html`<ubizo-notice
        tone="bad"
        .text=${
          this.isRaisable(capUsd ?? 0)
            ? msg(
                'The budget is spent: the translation service has stopped. Visitors hear the built-in translation or your own voice.',
              )
            : msg(
                'The budget is spent: the translation service has stopped, and only the owner can raise it. Visitors hear the built-in translation or your own voice.',
              )
        }
      ></ubizo-notice>`;
    if (state === 'warn')
      return html`<ubizo-notice
        tone="warn"
        .text=${msg('Four fifths of the budget are spent.')}
      ></ubizo-notice>`;
    return nothing;
  }

  private open(capUsd: number): void {
    this.typed = String(Math.min(Math.ceil(capUsd * 1.5), this.tour?.raisableToUsd ?? Infinity));
    this.wrong = '';
    this.renderRoot.querySelector('ubizo-sheet')?.open();
  }

  private submitted(event: SubmitEvent): void {
    event.preventDefault();
    const detail = Number(this.typed);
    const { raisableToUsd = Infinity } = this.tour ?? {};
    this.wrong =
      this.typed === '' || !(detail >= 0)
        ? msg('Enter an amount in US dollars.')
        : detail > raisableToUsd
          ? msg(str`The owner lets you go up to ${dollars(raisableToUsd)}.`)
          : '';
    if (this.wrong !== '') return;
    this.renderRoot.querySelector('ubizo-sheet')?.close();
    this.dispatchEvent(new CustomEvent('spend-cap', { detail, bubbles: true, composed: true }));
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'ubizo-spend-panel': SpendPanel;
  }
}
