import { localized, msg } from '@lit/localize';
import { html, LitElement, nothing } from 'lit';
import { customElement, state } from 'lit/decorators.js';
import '../../elements/notice.ts';
import '../../elements/sheet.ts';
import type { Sheet } from '../../elements/sheet.ts';
import { endAllSessions, newSetupCode, restoreSetupCode } from '../../link/api/device.ts';
import { base, buttons } from '../../style/base.ts';
import { Attempt } from '../attempt.ts';
import { panel } from '../panel.ts';
import { guideProblemWords } from '../problem-words.ts';
import { deviceStyles } from './device-styles.ts';

/** When the box has been in strange hands: a new setup code, and an end to every sign-in. Fires `sign-in-needed`. */
@localized()
@customElement('ubizo-device-keys')
export class DeviceKeys extends LitElement {
  static override styles = [base, buttons, panel, deviceStyles];

  @state() private setupCode = '';
  @state() private restored = false;
  private readonly coding = new Attempt(this);
  private readonly ending = new Attempt(this);

  override render() {
    return html`
      <section class="panel" aria-labelledby="code-heading">
        <h2 id="code-heading">${msg('Setup code')}</h2>
        <p class="soft">
          ${msg('Who has it can make guide accounts. A new one makes the one on the label useless.')}
        </p>
        ${this.wrong(this.coding)}
        <div role="status">
          ${
            this.setupCode
              ? html`<p>${msg('Write it down now; it is shown only this once.')}</p>
                  <p class="secret" dir="ltr" data-testid="setup-code">${this.setupCode}</p>`
              : nothing
          }
          ${
            this.restored
              ? html`<p class="good">${msg('The code that was good before is good again.')}</p>`
              : nothing
          }
        </div>
        <div class="row">
          <button type="button" ?disabled=${this.coding.busy} @click=${() => this.sheet('code')?.open()}>
            ${msg('Make a new setup code')}
          </button>
          ${
            this.setupCode
              ? html`<button
                  class="plain"
                  type="button"
                  ?disabled=${this.coding.busy}
                  @click=${this.restoreCode}
                >
                  ${msg('Undo: keep the old code')}
                </button>`
              : nothing
          }
        </div>
      </section>
      <section class="panel" aria-labelledby="end-heading">
        <h2 id="end-heading">${msg('End all sign-ins')}</h2>
        <p class="soft">
          ${msg('Everyone has to sign in again, you too. Visitors join again by themselves.')}
        </p>
        ${this.wrong(this.ending)}
        <div class="row">
          <button
            class="danger"
            type="button"
            ?disabled=${this.ending.busy}
            @click=${() => this.sheet('end')?.open()}
          >
            ${msg('End all sign-ins')}
          </button>
        </div>
      </section>
      <ubizo-sheet id="code" .heading=${msg('Make a new setup code?')}>
        <p>
          ${msg('The code on the label is then good no more: stick the new one over it. For ten minutes you can take this back.')}
        </p>
        <button class="danger wide" type="button" @click=${this.renewCode}>
          ${msg('Yes, make a new one')}
        </button>
      </ubizo-sheet>
      <ubizo-sheet id="end" .heading=${msg('End all sign-ins?')}>
        <p>${msg('Guides who are on tour have to sign in again to reach their desk. Their tours go on.')}</p>
        <button class="danger wide" type="button" @click=${this.endAll}>${msg('Yes, end them')}</button>
      </ubizo-sheet>
    `;
  }

  private wrong({ problem }: Attempt) {
    return problem
      ? html`<ubizo-notice tone="bad" .text=${guideProblemWords(problem)}></ubizo-notice>`
      : nothing;
  }

  private sheet(id: 'code' | 'end') {
    return this.renderRoot.querySelector<Sheet>(`ubizo-sheet#${id}`);
  }

  private async renewCode(): Promise<void> {
    this.sheet('code')?.close();
    this.restored = false;
    await this.coding.run(async () => {
      this.setupCode = await newSetupCode();
    });
  }

  private async restoreCode(): Promise<void> {
    await this.coding.run(async () => {
      await restoreSetupCode();
      this.setupCode = '';
      this.restored = true;
    });
  }

  private async endAll(): Promise<void> {
    this.sheet('end')?.close();
    if (!(await this.ending.run(endAllSessions))) return;
    this.dispatchEvent(new CustomEvent('sign-in-needed', { bubbles: true, composed: true }));
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'ubizo-device-keys': DeviceKeys;
  }
}
