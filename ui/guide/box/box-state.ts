import { localized, msg } from '@lit/localize';
import { html, LitElement, nothing } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import type { BoxStateView } from '../../../appliance/protocol/box-state.ts';
import '../../elements/notice.ts';
import { boxState } from '../../link/api/box-state.ts';
import { asLinkError, type LinkError } from '../../link/problem.ts';
import { base, buttons } from '../../style/base.ts';
import { panel } from '../panel.ts';
import { guideProblemWords } from '../problem-words.ts';
import { boxStyles } from './box-styles.ts';
import { boardFacts, type Fact, uplinkFact } from './box-words.ts';
import { listenersFact, outsideFacts } from './use-words.ts';
import { narrowestFact } from './narrowest-words.ts';
import './check-up.ts';
import './hour-panel.ts';
import './report-panel.ts';
import './wifi-panel.ts';

const LOOK_MS = 5_000;

/** How the box is, which Wi-Fi it is on, and for the owner its check-up. Fires `sign-in-needed`. */
@localized()
@customElement('ubizo-box-state')
export class BoxState extends LitElement {
  static override styles = [base, buttons, panel, boxStyles];

  @property({ type: Boolean }) owner = false;
  @property({ type: Number }) lookMs = LOOK_MS;
  @state() private box: BoxStateView | undefined;
  @state() private problem: LinkError | undefined;
  /** A switch is on its way: that the box is out of reach meanwhile is no surprise. */
  @state() private switching = false;
  private timer: ReturnType<typeof setTimeout> | undefined;

  override connectedCallback(): void {
    super.connectedCallback();
    void this.look();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    clearTimeout(this.timer);
  }

  override render() {
    const { box, problem } = this;
    return html`
      <h1>${msg('State of the box')}</h1>
      ${
        problem && !this.switching
          ? html`<ubizo-notice
              tone="bad"
              .text=${guideProblemWords(problem)}
              .action=${msg('Try again')}
              @notice-action=${() => void this.look()}
            ></ubizo-notice>`
          : nothing
      }
      ${!box && !problem ? html`<p class="soft">${msg('Asking the box…')}</p>` : nothing}
      ${box ? this.parts(box) : nothing}
    `;
  }

  private parts(box: BoxStateView) {
    return html`
      ${
        box.wifi
          ? html`<ubizo-wifi-panel
              .wifi=${box.wifi}
              .guideUrl=${box.guideUrl}
              ?reachable=${!this.problem}
              @wifi-switching=${(event: CustomEvent<boolean>) => (this.switching = event.detail)}
              @box-state=${(event: CustomEvent<BoxStateView>) => (this.box = event.detail)}
            ></ubizo-wifi-panel>`
          : nothing
      }
      <section class="panel" aria-labelledby="state">
        <h2 id="state">${msg('Now')}</h2>
        <dl>
          ${facts(box).map(
            ({ name, value, wrong }) =>
              html`<div>
                <dt>${name}</dt>
                <dd>${value}</dd>
                ${wrong === undefined ? nothing : html`<dd class="advice">${wrong}</dd>`}
              </div>`,
          )}
        </dl>
      </section>
      ${
        this.owner
          ? html`<ubizo-hour-panel></ubizo-hour-panel>
              <ubizo-check-up></ubizo-check-up>
              <ubizo-report-panel></ubizo-report-panel>`
          : nothing
      }
    `;
  }

  private async look(): Promise<void> {
    clearTimeout(this.timer);
    try {
      this.box = await boxState();
      this.problem = undefined;
    } catch (error) {
      this.problem = asLinkError(error);
      if (this.problem.code === 'not_signed_in')
        this.dispatchEvent(new CustomEvent('sign-in-needed', { bubbles: true, composed: true }));
    }
    if (this.isConnected) this.timer = setTimeout(() => void this.look(), this.lookMs);
  }
}

function facts({ phones, uplink, board, use, narrowest, version }: BoxStateView): Fact[] {
  return [
    narrowestFact(narrowest),
    ...(phones === undefined ? [] : [{ name: msg('Phones on the Wi-Fi'), value: String(phones) }]),
    listenersFact(use),
    uplinkFact(uplink),
    ...outsideFacts(use),
    ...(use.modelSessions > 0
      ? [{ name: msg('Languages at the translation service'), value: String(use.modelSessions) }]
      : []),
    ...boardFacts(board),
    { name: msg('Version'), value: version },
  ];
}

declare global {
  interface HTMLElementTagNameMap {
    'ubizo-box-state': BoxState;
  }
}
