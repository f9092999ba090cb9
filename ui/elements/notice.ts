import { html, LitElement, css, nothing } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { base, buttons } from '../style/base.ts';
import { warnIcon } from './icons.ts';

/**
 * One sentence that says what is wrong or going on and, when there is something to do, one button that does it.
 * Fires `notice-action`.
 */
@customElement('ubizo-notice')
export class Notice extends LitElement {
  static override styles = [
    base,
    buttons,
    css`
      .notice {
        display: flex;
        flex-wrap: wrap;
        align-items: center;
        gap: var(--gap-2) var(--gap-3);
        padding: var(--gap-3) var(--gap-4);
        border-radius: var(--radius-small);
        background: var(--accent-soft);
        color: var(--ink);
      }
      .warn {
        background: var(--warn-soft);
        color: var(--warn);
      }
      .bad {
        background: var(--bad-soft);
        color: var(--bad);
      }
      p {
        flex: 1 1 12rem;
        overflow-wrap: anywhere;
      }
      button {
        background: none;
        border-color: currentColor;
        color: inherit;
      }
    `,
  ];

  @property() tone: 'calm' | 'warn' | 'bad' = 'calm';
  @property() text = '';
  @property() action = '';

  override render() {
    // An alert interrupts what a screen reader says: only for what stops the person.
    return html`
      <div class="notice ${this.tone}" role=${this.tone === 'bad' ? 'alert' : 'status'}>
        ${this.tone === 'calm' ? nothing : warnIcon}
        <p>${this.text}</p>
        ${this.action ? html`<button type="button" @click=${this.act}>${this.action}</button>` : nothing}
      </div>
    `;
  }

  private act(): void {
    this.dispatchEvent(new CustomEvent('notice-action', { bubbles: true, composed: true }));
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'ubizo-notice': Notice;
  }
}
