import { localized, msg } from '@lit/localize';
import { html, LitElement, nothing } from 'lit';
import { customElement } from 'lit/decorators.js';
import { normaliseCode } from '../../../appliance/protocol/codes.ts';
import { microphoneIcon } from '../../elements/icons.ts';
import { signIn } from '../../link/api/entrance.ts';
import { Attempt } from '../attempt.ts';
import { guideProblemWords } from '../problem-words.ts';
import { entranceStyles } from './entrance-styles.ts';

/**
 * The first screen of a box that has no owner: its setup code opens it, to make it one's own or to guide at once.
 * Fires `entered` with the box's answer, and before it `claim-wanted` when the box is to be claimed.
 */
@localized()
@customElement('ubizo-setup-code-form')
export class SetupCodeForm extends LitElement {
  static override styles = entranceStyles;

  private readonly attempt = new Attempt(this);

  override firstUpdated(): void {
    this.input?.focus();
  }

  override render() {
    const { busy, problem } = this.attempt;
    return html`
      <form class="panel" novalidate @submit=${this.submitted}>
        <div class="head">
          <p class="mark">${microphoneIcon}Ubizo</p>
          <h1>${msg('Set up this box')}</h1>
          <p>${msg('It has no owner yet. With its setup code you make it yours.')}</p>
        </div>
        <div class="field">
          <label for="code">${msg('Setup code')}</label>
          <input
            id="code"
            class="code"
            name="code"
            dir="ltr"
            autocomplete="off"
            autocapitalize="none"
            spellcheck="false"
            enterkeyhint="go"
            @input=${() => problem && this.attempt.clear()}
            aria-describedby="hint"
            aria-invalid=${problem ? 'true' : 'false'}
          />
          <p id="hint" class=${problem ? 'bad' : 'soft small'} role=${problem ? 'alert' : nothing}>
            ${problem ? guideProblemWords(problem) : msg('It is on the label of the box, and was printed at its first start.')}
          </p>
        </div>
        <button class="main" type="submit" ?disabled=${busy}>
          ${busy ? msg('Asking the box…') : msg('Make it mine')}
        </button>
        <button type="button" ?disabled=${busy} @click=${() => void this.enter('guide')}>
          ${msg('Guide a tour first')}
        </button>
      </form>
    `;
  }

  private get input() {
    return this.renderRoot.querySelector('input');
  }

  private submitted(event: SubmitEvent): void {
    event.preventDefault();
    void this.enter('claim');
  }

  private async enter(purpose: 'claim' | 'guide'): Promise<void> {
    const setupCode = normaliseCode(this.input?.value ?? '');
    if (setupCode === '') return this.input?.focus();
    const entered = await this.attempt.run(async () => {
      const detail = await signIn({ setupCode });
      if (purpose === 'claim') this.fire('claim-wanted');
      this.fire('entered', detail);
    });
    if (!entered) this.input?.select();
  }

  private fire(name: string, detail?: unknown): void {
    this.dispatchEvent(new CustomEvent(name, { detail, bubbles: true, composed: true }));
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'ubizo-setup-code-form': SetupCodeForm;
  }
}
