import { localized, msg, str } from '@lit/localize';
import { css, html, LitElement, nothing } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import type { ChatMessage } from '../../../appliance/protocol/chat.ts';
import { chevronIcon } from '../../elements/icons.ts';
import { base, buttons } from '../../style/base.ts';
import { conversationStyles } from '../conversation/conversation-styles.ts';
import { pinIcon, upIcon } from '../conversation/icons.ts';
import { saidInWriting } from '../conversation/original.ts';

/**
 * Above the captions, never over them: what the guide has pinned, in full or as one line, and the way to all that they have
 * written. Fires `fold` with whether it is to be a line, and `open-messages`.
 */
@localized()
@customElement('ubizo-pinned-message')
export class PinnedMessage extends LitElement {
  static override styles = [
    base,
    buttons,
    conversationStyles,
    css`
      section {
        display: flex;
        flex-wrap: wrap;
        align-items: center;
        gap: 0 var(--gap-2);
        margin-block-start: var(--gap-2);
        padding-inline-start: var(--gap-3);
        border-radius: var(--radius-small);
        background: var(--warn-soft);
        color: var(--ink);
      }
      .full {
        flex: 1 0 100%;
        max-block-size: 30dvh;
        overflow: auto;
        padding-block-start: var(--gap-3);
        padding-inline-end: var(--gap-3);
        font-size: 1.125rem;
        font-weight: 600;
      }
      button.line {
        flex: 1 1 6rem;
        justify-content: flex-start;
        min-inline-size: 0;
        padding-inline: 0;
        color: var(--ink);
      }
      .line span {
        min-inline-size: 0;
        overflow: hidden;
        white-space: nowrap;
        text-overflow: ellipsis;
      }
      .unread {
        flex: none;
        min-inline-size: 1.6em;
        padding-inline: 0.4em;
        border-radius: 999px;
        background: var(--live);
        color: var(--on-live);
        font-weight: 700;
        text-align: center;
      }
      button.fold {
        color: var(--ink);
        margin-inline-start: auto;
      }
      .soft,
      summary {
        color: var(--ink);
      }
    `,
  ];

  /** What stands on top. */
  @property({ attribute: false }) message: ChatMessage | undefined;
  /** It takes a line only. */
  @property({ type: Boolean }) folded = false;
  /** How many messages there are, and how many of them have not been looked at. */
  @property({ type: Number }) count = 0;
  @property({ type: Number }) unread = 0;
  /** The visitor's language. */
  @property() language = '';

  override render() {
    const { message, folded, unread } = this;
    if (this.count === 0) return nothing;
    return html`<section aria-label=${msg('Messages from your guide')}>
      <div class="unseen" role="status">${message?.text}</div>
      ${
        message && !folded
          ? html`<div class="full" tabindex="0">
              ${saidInWriting(message, { reads: this.language, written: message.language })}
            </div>`
          : nothing
      }
      <button class="plain line" type="button" aria-haspopup="dialog" @click=${this.open}>
        ${pinIcon}<span dir="auto"
          >${message && folded ? message.text : msg('Messages from your guide')}</span
        >
        ${
          unread > 0
            ? html`<b class="unread" role="img" aria-label=${msg(str`Not read yet: ${unread}`)}>${unread}</b>`
            : nothing
        }
      </button>
      ${
        message
          ? html`<button
              class="plain fold"
              type="button"
              aria-expanded=${!folded}
              aria-label=${folded ? msg('Show the whole message') : msg('Make it smaller')}
              @click=${this.fold}
            >
              ${folded ? chevronIcon : upIcon}
            </button>`
          : nothing
      }
    </section>`;
  }

  private fold(): void {
    this.dispatchEvent(new CustomEvent('fold', { detail: !this.folded, bubbles: true, composed: true }));
  }

  private open(): void {
    this.dispatchEvent(new CustomEvent('open-messages', { bubbles: true, composed: true }));
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'ubizo-pinned-message': PinnedMessage;
  }
}
