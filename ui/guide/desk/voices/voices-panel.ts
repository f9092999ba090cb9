import { localized, msg } from '@lit/localize';
import { css, html, LitElement, nothing } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { repeat } from 'lit/directives/repeat.js';
import { base, buttons, fields } from '../../../style/base.ts';
import { panel } from '../../panel.ts';
import { earphoneStyles, earphoneSwitch, type EarphoneSwitch } from '../earphone/earphone-switch.ts';
import type { FloorNow } from '../floor/desk-floor.ts';
import { holderRow, waitingRow, type FloorActs } from '../floor/floor-rows.ts';
import { activeRow, endedRow, ringingRow, type CallActs } from '../private-calls/call-rows.ts';
import type { PrivateCalls } from '../private-calls/private-calls.ts';
import { voiceStyles } from './voice-styles.ts';

/** What a panel shows of who calls. */
export type CallsNow = Pick<PrivateCalls, 'ringing' | 'active' | 'ended'>;

/** Visitors who speak, would like to, or call, and whether the guide hears them. */
@localized()
@customElement('ubizo-voices-panel')
export class VoicesPanel extends LitElement {
  static override styles = [
    base,
    buttons,
    fields,
    panel,
    voiceStyles,
    earphoneStyles,
    css`
      li {
        border-block-start: 1px solid var(--line);
        padding-block: var(--gap-2);
      }
    `,
  ];

  @property({ attribute: false }) floor: FloorNow = { queue: [], voice: 'guide' };
  @property({ attribute: false }) calls: CallsNow = { ringing: [], active: undefined, ended: [] };
  @property({ attribute: false }) floorActs: FloorActs | undefined;
  @property({ attribute: false }) callActs: CallActs | undefined;
  @property({ attribute: false }) earphone: EarphoneSwitch | undefined;
  /** Visitors may speak on this tour. */
  @property({ type: Boolean }) open = false;

  override render() {
    const { floor, floorActs, callActs, earphone } = this;
    if (!floorActs || !callActs || !earphone) return nothing;
    const { ringing, active, ended } = this.calls;
    const quiet = !floor.holder && floor.queue.length === 0 && ringing.length === 0 && !active;
    return html`
      <section class="panel" aria-labelledby="heading">
        <h2 id="heading">${msg('Visitors’ voices')}</h2>
        ${quiet && ended.length === 0 ? html`<p class="soft">${this.quietWords()}</p>` : nothing}
        <ul>
          ${active ? html`<li>${activeRow(active, callActs)}</li>` : nothing}
          ${repeat(
            ringing,
            ({ id }) => id,
            (call) => html`<li>${ringingRow(call, callActs)}</li>`,
          )}
          ${ended.map((call) => html`<li>${endedRow(call)}</li>`)}
          ${floor.holder ? html`<li>${holderRow(floor.holder, floorActs)}</li>` : nothing}
          ${repeat(
            floor.queue,
            ({ attendee }) => attendee,
            (talker) => html`<li>${waitingRow(talker, floorActs)}</li>`,
          )}
        </ul>
        ${earphoneSwitch(earphone)}
      </section>
    `;
  }

  private quietWords(): string {
    return this.open
      ? msg('Nobody wants to speak just now.')
      : msg('Visitors cannot speak on this tour now.');
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'ubizo-voices-panel': VoicesPanel;
  }
}
