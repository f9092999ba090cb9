import { localized, msg, str } from '@lit/localize';
import { html, LitElement, nothing, type PropertyValues } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import type { WifiRequest, WifiView } from '../../../appliance/protocol/box-state.ts';
import { chevronIcon } from '../../elements/icons.ts';
import '../../elements/notice.ts';
import { switchWifi } from '../../link/api/box-state.ts';
import { base, buttons, fields } from '../../style/base.ts';
import { Attempt } from '../attempt.ts';
import { panel } from '../panel.ts';
import { guideProblemWords } from '../problem-words.ts';
import { boxStyles } from './box-styles.ts';
import { apart, wifiProblemWords, wifiWords } from './box-words.ts';

/** What was asked for. `moved`: it has begun, so what the radio says is of this switch and not of the last. */
interface Switch {
  readonly to: WifiRequest['network'];
  readonly ssid: string;
  readonly moved: boolean;
}

/** A switch that fails so soon that nothing of it was seen has failed by then. */
const BEGUN_MS = 15_000;

/**
 * Which Wi-Fi the box is on, and the way to another. Whoever switches it loses the box with this very page, so what
 * to do then is said before and stays on the screen. Fires `wifi-switching` (whether one is on its way), `box-state`.
 */
@localized()
@customElement('ubizo-wifi-panel')
export class WifiPanel extends LitElement {
  static override styles = [base, buttons, fields, panel, boxStyles];

  @property({ attribute: false }) wifi!: WifiView;
  @property() guideUrl = '';
  @property({ type: Boolean }) reachable = false;
  @state() private wanted: Switch | undefined;
  /** How the last switch from here went. */
  @state() private reached = false;
  private readonly asking = new Attempt(this);

  override willUpdate(changed: PropertyValues<this>): void {
    const { wanted, wifi } = this;
    if (!wanted || !(changed.has('wifi') || changed.has('reachable'))) return;
    const arrived = this.reachable && wifi.phase === 'up';
    if (arrived && (wifi.network === wanted.to || (wanted.moved && wifi.problem !== undefined))) {
      this.reached = wifi.network === wanted.to;
      this.follow(undefined);
    } else if (!this.reachable || wifi.phase === 'switching') {
      this.wanted = { ...wanted, moved: true };
    }
  }

  override render() {
    const { wifi } = this;
    const { problem, busy } = this.asking;
    return html`
      <section class="panel" aria-labelledby="wifi">
        <h2 id="wifi">${msg('Wi-Fi')}</h2>
        <p class="now">${wifiWords(wifi)}</p>
        ${this.wanted ? this.underWay(this.wanted) : this.outcome()}
        ${
          problem
            ? html`<ubizo-notice
                tone="bad"
                .text=${
                  problem.code === 'tour_state'
                    ? msg('A tour is live. Pause or end it first, then switch the Wi-Fi.')
                    : guideProblemWords(problem)
                }
              ></ubizo-notice>`
            : nothing
        }
        ${wifi.canJoin && !this.wanted ? (wifi.network === 'own' ? this.joinForm(busy) : this.ownButton(busy)) : nothing}
      </section>
    `;
  }

  private underWay({ to, ...wanted }: Switch) {
    const ssid = apart(wanted.ssid);
    return html`<ubizo-notice
        .text=${
          to === 'tour'
            ? msg(
                str`The box is joining “${ssid}”; this takes up to a minute. Put this phone into “${ssid}” too. If it does not work, the box comes back with its own Wi-Fi.`,
              )
            : msg('The box goes back to its own Wi-Fi. Put this phone into it again, too.')
        }
      ></ubizo-notice>
      <p>
        ${msg('Then open:')}
        <bdi class="address" dir="ltr">${this.guideUrl}</bdi>
      </p>`;
  }

  private outcome() {
    const { wifi } = this;
    if (this.reached) return html`<p role="status">${msg('The switch has worked.')}</p>`;
    const words = wifiProblemWords(wifi.problem);
    return words === '' ? nothing : html`<ubizo-notice tone="warn" .text=${words}></ubizo-notice>`;
  }

  private joinForm(busy: boolean) {
    return html`<details>
      <summary>${msg('Use the tour’s Wi-Fi instead')} ${chevronIcon}</summary>
      <form @submit=${this.join}>
        <p class="soft">
          ${msg('For places that have a Wi-Fi of their own. All phones lose the box for about a minute, this one too. If the Wi-Fi cannot be joined, the box comes back with its own.')}
        </p>
        <div class="field">
          <label for="ssid">${msg('Name of the Wi-Fi')}</label>
          <input
            id="ssid"
            dir="auto"
            autocomplete="off"
            autocapitalize="off"
            spellcheck="false"
            required
            maxlength="32"
          />
        </div>
        <div class="field">
          <label for="passphrase">${msg('Password of the Wi-Fi (none: leave empty)')}</label>
          <input
            id="passphrase"
            dir="ltr"
            autocomplete="off"
            autocapitalize="off"
            spellcheck="false"
            minlength="8"
            maxlength="63"
          />
        </div>
        <button type="submit" ?disabled=${busy}>
          ${busy ? msg('Asking the box…') : msg('Join this Wi-Fi')}
        </button>
      </form>
    </details>`;
  }

  private ownButton(busy: boolean) {
    return html`<p class="soft">${msg('All phones lose the box for a moment, this one too.')}</p>
      <button type="button" ?disabled=${busy} @click=${() => void this.switch({ network: 'own' })}>
        ${busy ? msg('Asking the box…') : msg('Back to its own Wi-Fi')}
      </button>`;
  }

  private join(event: SubmitEvent): void {
    event.preventDefault();
    const value = (id: string): string =>
      this.renderRoot.querySelector<HTMLInputElement>(`#${id}`)?.value ?? '';
    void this.switch({ network: 'tour', ssid: value('ssid'), passphrase: value('passphrase') });
  }

  private async switch(wanted: WifiRequest): Promise<void> {
    this.reached = false;
    await this.asking.run(async () => {
      const state = await switchWifi(wanted);
      const ssid = wanted.network === 'tour' ? wanted.ssid : '';
      this.follow({ to: wanted.network, ssid, moved: false });
      setTimeout(() => {
        if (this.wanted) this.wanted = { ...this.wanted, moved: true };
      }, BEGUN_MS);
      this.dispatchEvent(new CustomEvent('box-state', { detail: state }));
    });
  }

  private follow(wanted: Switch | undefined): void {
    this.wanted = wanted;
    this.dispatchEvent(new CustomEvent('wifi-switching', { detail: wanted !== undefined }));
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'ubizo-wifi-panel': WifiPanel;
  }
}
