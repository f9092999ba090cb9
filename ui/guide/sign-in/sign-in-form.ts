import { localized, msg } from '@lit/localize';
import { css, html, LitElement, nothing } from 'lit';
import { customElement, state } from 'lit/decorators.js';
import { microphoneIcon } from '../../elements/icons.ts';
import { signIn } from '../../link/api/session.ts';
import { asLinkError, type LinkError } from '../../link/problem.ts';
import { base, buttons, fields } from '../../style/base.ts';
import { panel } from '../panel.ts';
import { guideProblemWords } from '../problem-words.ts';

/** Fires `signed-in`. */
@localized()
@customElement('ubizo-sign-in-form')
export class SignInForm extends LitElement {
  static override styles = [
    base,
    buttons,
    fields,
    panel,
    css`
      :host {
        max-inline-size: 28rem;
        margin: auto;
        padding: var(--gap-4);
        inline-size: 100%;
      }
      input:not([type='radio'], [type='checkbox']) {
        font: 600 1.25rem/1.2 var(--font-mono);
        min-block-size: 60px;
      }
      .main {
        min-block-size: 56px;
      }
      .bad {
        color: var(--bad);
        font-weight: 600;
      }
    `,
  ];

  @state() private busy = false;
  @state() private problem: LinkError | undefined;

  override firstUpdated(): void {
    this.input?.focus();
  }

  override render() {
    const { problem } = this;
    return html`
      <form class="panel" novalidate @submit=${this.submitted}>
        <h1 class="row">${microphoneIcon}${msg('Guide')}</h1>
        <div class="field">
          <label for="code">${msg('Setup code')}</label>
          <input
            id="code"
            name="code"
            dir="ltr"
            autocomplete="current-password"
            autocapitalize="none"
            spellcheck="false"
            enterkeyhint="go"
            aria-describedby="hint"
            aria-invalid=${problem ? 'true' : 'false'}
          />
          <p id="hint" class=${problem ? 'bad' : 'soft small'} role=${problem ? 'alert' : nothing}>
            ${problem ? guideProblemWords(problem) : msg('The box printed it when it first started.')}
          </p>
        </div>
        <button class="main" type="submit" ?disabled=${this.busy}>
          ${this.busy ? msg('Signing in…') : msg('Sign in')}
        </button>
      </form>
    `;
  }

  private get input() {
    return this.renderRoot.querySelector('input');
  }

  private async submitted(event: SubmitEvent): Promise<void> {
    event.preventDefault();
    const code = this.input?.value.trim() ?? '';
    if (code === '') {
      this.input?.focus();
      return;
    }
    this.busy = true;
    this.problem = undefined;
    try {
      await signIn(code);
      this.dispatchEvent(new CustomEvent('signed-in', { bubbles: true, composed: true }));
    } catch (error) {
      this.problem = asLinkError(error);
      this.input?.select();
    } finally {
      this.busy = false;
    }
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'ubizo-sign-in-form': SignInForm;
  }
}
