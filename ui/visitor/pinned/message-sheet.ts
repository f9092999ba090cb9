import { localized, msg } from '@lit/localize';
import { css, html, LitElement } from 'lit';
import { customElement, property, query } from 'lit/decorators.js';
import { repeat } from 'lit/directives/repeat.js';
import type { ChatMessage } from '../../../appliance/protocol/chat.ts';
import '../../elements/sheet.ts';
import type { Sheet } from '../../elements/sheet.ts';
import { base } from '../../style/base.ts';
import { pageLocale } from '../../texts/locale.ts';
import { conversationStyles } from '../conversation/conversation-styles.ts';
import { saidInWriting } from '../conversation/original.ts';

/** All that the guide has written, the newest first, to be read again. */
@localized()
@customElement('ubizo-message-sheet')
export class MessageSheet extends LitElement {
  static override styles = [
    base,
    conversationStyles,
    css`
      li {
        padding-block: var(--gap-3);
        border-block-start: 1px solid var(--line);
        font-size: 1.125rem;
      }
    `,
  ];

  @property({ attribute: false }) messages: readonly ChatMessage[] = [];
  @property() language = '';
  @query('ubizo-sheet') private readonly sheet!: Sheet;

  override render() {
    const time = new Intl.DateTimeFormat(pageLocale(), { timeStyle: 'short' });
    return html`<ubizo-sheet .heading=${msg('Messages from your guide')}>
      <ul>
        ${repeat(
          this.messages.toReversed(),
          ({ id }) => id,
          (message) =>
            html`<li>
              <p class="soft small">
                ${time.format(message.at)}${message.pinned ? html` · ${msg('pinned')}` : ''}
              </p>
              ${saidInWriting(message, { reads: this.language, written: message.language })}
            </li>`,
        )}
      </ul>
    </ubizo-sheet>`;
  }

  show(): void {
    this.sheet.open();
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'ubizo-message-sheet': MessageSheet;
  }
}
