import { localized, msg } from '@lit/localize';
import { html, LitElement, nothing, type TemplateResult } from 'lit';
import { customElement, state } from 'lit/decorators.js';
import type { DevicePatch, DeviceView } from '../../../appliance/protocol/accounts.ts';
import { tidyName } from '../../../appliance/protocol/text.ts';
import '../../elements/notice.ts';
import { changeDevice, device } from '../../link/api/device.ts';
import { base, buttons, fields } from '../../style/base.ts';
import { Attempt } from '../attempt.ts';
import { panel } from '../panel.ts';
import { guideProblemWords } from '../problem-words.ts';
import './certificate-card.ts';
import './device-keys.ts';
import { deviceStyles } from './device-styles.ts';
import './key-form.ts';
import { raisableField, retentionField, spendCapField } from './limit-fields.ts';

/** The parts that are saved one by one, each with its own button. */
type Part = 'name' | 'limits' | 'passwords';

/** What the owner can set on the box. Fires `sign-in-needed`. */
@localized()
@customElement('ubizo-device-settings')
export class DeviceSettings extends LitElement {
  static override styles = [base, buttons, fields, panel, deviceStyles];

  @state() private device: DeviceView | undefined;
  @state() private spendCap = '';
  @state() private raisable = '';
  @state() private transcriptDays = 30;
  private readonly loading = new Attempt(this);
  private readonly saving: Record<Part, Attempt> = {
    name: new Attempt(this),
    limits: new Attempt(this),
    passwords: new Attempt(this),
  };

  override connectedCallback(): void {
    super.connectedCallback();
    void this.load();
  }

  override render() {
    const { device } = this;
    const { problem } = this.loading;
    return html`
      <h1>${msg('Settings')}</h1>
      ${
        problem
          ? html`<ubizo-notice
              tone="bad"
              .text=${guideProblemWords(problem)}
              .action=${msg('Try again')}
              @notice-action=${() => void this.load()}
            ></ubizo-notice>`
          : nothing
      }
      ${!device && !problem ? html`<p class="soft">${msg('Asking the box…')}</p>` : nothing}
      ${device ? this.parts(device) : nothing}
    `;
  }

  private parts(device: DeviceView) {
    return html`
      ${device.problem ? html`<ubizo-notice tone="warn" .text=${guideProblemWords(device.problem)}></ubizo-notice>` : nothing}
      ${this.section(
        'name',
        msg('Name'),
        html`<div class="field">
          <label for="name">${msg('Name of the box')}</label>
          <input id="name" dir="auto" autocomplete="off" required maxlength="40" .value=${device.name} />
        </div>`,
        () => ({ name: tidyName(this.renderRoot.querySelector<HTMLInputElement>('#name')?.value ?? '') }),
      )}
      <ubizo-key-form .openaiKey=${device.openaiKey} @device-change=${this.changed}></ubizo-key-form>
      ${this.section(
        'limits',
        msg('Budget and transcripts'),
        html`${spendCapField(this.spendCap, (value) => (this.spendCap = value), capWrong(this.spendCap))}
        ${raisableField(this.raisable, (value) => (this.raisable = value), capWrong(this.raisable))}
        ${retentionField(this.transcriptDays, (days) => (this.transcriptDays = days ?? 30))}`,
        () =>
          capWrong(this.spendCap) === '' && capWrong(this.raisable) === ''
            ? {
                spendCapUsd: usdOf(this.spendCap),
                raisableToUsd: usdOf(this.raisable),
                retention: { ...device.retention, transcriptDays: this.transcriptDays },
              }
            : undefined,
      )}
      ${this.section(
        'passwords',
        msg('Passwords without encryption'),
        html`<label class="check">
            <input id="http" type="checkbox" .checked=${device.passwordsOverHttp} />
            ${msg('Take passwords over plain HTTP too')}
          </label>
          <p class="soft small">
            ${msg('Then nobody has to trust the certificate, but others in an open Wi-Fi could read passwords. Allow it only in a Wi-Fi of your own.')}
          </p>`,
        () => ({
          passwordsOverHttp: this.renderRoot.querySelector<HTMLInputElement>('#http')?.checked ?? false,
        }),
      )}
      ${
        device.certificate
          ? html`<ubizo-certificate-card .certificate=${device.certificate}></ubizo-certificate-card>`
          : nothing
      }
      <ubizo-device-keys></ubizo-device-keys>
    `;
  }

  private section(
    part: Part,
    heading: string,
    content: TemplateResult,
    patch: () => DevicePatch | undefined,
  ): TemplateResult {
    const { busy, done, problem } = this.saving[part];
    return html`<section class="panel" aria-labelledby="${part}-heading">
      <h2 id="${part}-heading">${heading}</h2>
      <form
        novalidate
        @submit=${(event: SubmitEvent) => this.submitted(event, part, patch)}
        @input=${() => problem && this.saving[part].clear()}
      >
        ${content}
        ${problem ? html`<ubizo-notice tone="bad" .text=${guideProblemWords(problem)}></ubizo-notice>` : nothing}
        <div class="row">
          <button type="submit" ?disabled=${busy}>${busy ? msg('Saving…') : msg('Save')}</button>
          ${done ? html`<p role="status">${msg('Saved.')}</p>` : nothing}
        </div>
      </form>
    </section>`;
  }

  private submitted(event: SubmitEvent, part: Part, patchOf: () => DevicePatch | undefined): void {
    event.preventDefault();
    const patch = patchOf();
    if (!patch) return;
    void this.saving[part].run(async () => {
      this.device = await changeDevice(patch);
    });
  }

  private changed(event: CustomEvent<DeviceView>): void {
    this.device = event.detail;
  }

  private async load(): Promise<void> {
    await this.loading.run(async () => {
      this.device = await device();
      this.spendCap = String(this.device.spendCapUsd ?? '');
      this.raisable = String(this.device.raisableToUsd ?? '');
      this.transcriptDays = this.device.retention.transcriptDays;
    });
  }
}

const usdOf = (typed: string): number | null => (typed === '' ? null : Number(typed));

const capWrong = (typed: string): string =>
  typed === '' || Number(typed) >= 0 ? '' : msg('Enter an amount in US dollars.');

declare global {
  interface HTMLElementTagNameMap {
    'ubizo-device-settings': DeviceSettings;
  }
}
