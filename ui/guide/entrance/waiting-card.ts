import { localized, msg } from '@lit/localize';
import { html, LitElement } from 'lit';
import { customElement } from 'lit/decorators.js';
import { normaliseCode } from '../../../appliance/protocol/codes.ts';
import { microphoneIcon } from '../../elements/icons.ts';
import { bringSetupCode, entrance, signOut } from '../../link/api/entrance.ts';
import { Attempt } from '../attempt.ts';
import { guideProblemWords } from '../problem-words.ts';
import { codeField } from './code-field.ts';
import { entranceStyles } from './entrance-styles.ts';

const LOOK_EVERY_MS = 3_000;

/** A new guide waits for the owner, and goes on by themselves. Fires `entered` once there is something else to show. */
@localized()
@customElement('ubizo-waiting-card')
export class WaitingCard extends LitElement {
  static override styles = entranceStyles;

  private readonly attempt = new Attempt(this);
  private looking: ReturnType<typeof setInterval> | undefined;

  override connectedCallback(): void {
    super.connectedCallback();
    this.looking = setInterval(() => void this.look(), LOOK_EVERY_MS);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    clearInterval(this.looking);
  }

  override render() {
    return html`
      <section class="panel" aria-labelledby="heading">
        <div class="head">
          <p class="mark">${microphoneIcon}Ubizo</p>
          <h1 id="heading">${msg('Wait for the owner')}</h1>
        </div>
        <p role="status">
          ${msg('Your account is made. Ask the owner of this box to approve it, under Accounts. This page then goes on by itself.')}
        </p>
        <details>
          <summary>${msg('You have the setup code?')}</summary>
          ${this.codeForm()}
        </details>
        <button type="button" @click=${() => void this.leave()}>${msg('Use another account')}</button>
      </section>
    `;
  }

  private codeForm() {
    const { busy, problem } = this.attempt;
    return html`<form novalidate @submit=${this.submitted} @input=${() => problem && this.attempt.clear()}>
      ${codeField({ label: msg('Setup code'), wrong: problem ? guideProblemWords(problem) : '' })}
      <button type="submit" ?disabled=${busy}>${busy ? msg('Asking the box…') : msg('Go on')}</button>
    </form>`;
  }

  private async submitted(event: SubmitEvent): Promise<void> {
    event.preventDefault();
    const input = this.renderRoot.querySelector('input');
    const code = normaliseCode(input?.value ?? '');
    if (code === '') return input?.focus();
    if (await this.attempt.run(() => bringSetupCode(code))) await this.look();
  }

  private async look(): Promise<void> {
    try {
      const detail = await entrance();
      if (detail.waits || !this.isConnected) return;
      this.dispatchEvent(new CustomEvent('entered', { detail, bubbles: true, composed: true }));
    } catch {
      // The box is away: the next look tells.
    }
  }

  private async leave(): Promise<void> {
    await signOut('here').catch(() => undefined);
    await this.look();
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'ubizo-waiting-card': WaitingCard;
  }
}
