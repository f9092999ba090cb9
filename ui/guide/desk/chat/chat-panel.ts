import { localized, msg, str } from '@lit/localize';
import { css, html, LitElement, nothing } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { repeat } from 'lit/directives/repeat.js';
import type { ChatMessage } from '../../../../appliance/protocol/chat.ts';
import { LONGEST_MESSAGE } from '../../../../appliance/protocol/questions.ts';
import { base, buttons, fields } from '../../../style/base.ts';
import { panel } from '../../panel.ts';
import { timeWords } from '../questions/question-words.ts';
import type { ChatCalls } from './chat-calls.ts';
import { reactionCounts, reactionStyles } from './reaction-counts.ts';
import type { Chat } from './chat.ts';

/** A longer list begins folded: a guide looks for what is pinned, or was just written. */
const SHOWN = 5;

/** What the guide writes to all, each in their own language. */
@localized()
@customElement('ubizo-chat-panel')
export class ChatPanel extends LitElement {
  static override styles = [
    base,
    buttons,
    fields,
    panel,
    reactionStyles,
    css`
      form {
        display: grid;
        gap: var(--gap-3);
      }
      .pin {
        display: flex;
        align-items: center;
        gap: var(--gap-3);
        min-block-size: var(--target);
        font-weight: 500;
      }
      li {
        padding-block: var(--gap-3);
        border-block-start: 1px solid var(--line);
      }
      .pinned {
        border-inline-start: 6px solid var(--accent);
        padding-inline-start: var(--gap-3);
      }
      li .row {
        gap: 0;
      }
      li .soft {
        flex: 1 1 auto;
      }
    `,
  ];

  @property({ attribute: false }) messages: readonly ChatMessage[] = [];
  @property({ attribute: false }) reactions: Chat['reactions'] = {};
  @property({ attribute: false }) calls: ChatCalls | undefined;
  @property({ attribute: false }) underWay: ReadonlySet<string> = new Set();
  @property({ type: Boolean }) lost = false;
  /** The tour is over: nothing more is written. */
  @property({ type: Boolean }) over = false;
  @state() private text = '';
  @state() private pinned = true;
  @state() private all = false;

  override render() {
    const { messages, all } = this;
    const inOrder = messages.toSorted((a, b) => Number(b.pinned) - Number(a.pinned));
    return html`
      <section class="panel" aria-labelledby="heading">
        <h2 id="heading">${msg('To all')}</h2>
        ${this.over ? nothing : this.composer()} ${this.over ? nothing : reactionCounts(this.reactions)}
        <ul>
          ${repeat(
            all ? inOrder : inOrder.slice(0, SHOWN),
            ({ id }) => id,
            (message) => this.row(message),
          )}
        </ul>
        ${
          messages.length > SHOWN
            ? html`<button
                type="button"
                aria-expanded=${all ? 'true' : 'false'}
                @click=${() => (this.all = !this.all)}
              >
                ${all ? msg('Show fewer') : msg(str`Show all ${messages.length}`)}
              </button>`
            : nothing
        }
      </section>
    `;
  }

  private composer() {
    const sending = this.underWay.has('write');
    return html`<form @submit=${this.send}>
      <label for="text">${msg('Message to all visitors')}</label>
      <textarea
        id="text"
        dir="auto"
        rows="2"
        maxlength=${LONGEST_MESSAGE}
        placeholder=${msg('The bus leaves at 15:40, gate 3')}
        aria-describedby="text-hint"
        .value=${this.text}
        @input=${this.typed}
      ></textarea>
      <p id="text-hint" class="soft small">${msg('Everyone reads it in their own language.')}</p>
      <label class="pin">
        <input type="checkbox" .checked=${this.pinned} @change=${() => (this.pinned = !this.pinned)} />
        ${msg('Keep it on top of their pages')}
      </label>
      <button class="main" type="submit" ?disabled=${this.lost || sending || this.text.trim() === ''}>
        ${sending ? msg('Sending…') : msg('Send')}
      </button>
    </form>`;
  }

  private row({ id, original, pinned, at }: ChatMessage) {
    const busy = this.lost || this.underWay.has(id);
    return html`<li class=${pinned ? 'pinned' : ''} data-testid="message-${id}">
      <p id="text-${id}" class="text" dir="auto">${original}</p>
      <div class="row">
        <span class="soft small">${timeWords(at)}${pinned ? html` · ${msg('on top')}` : nothing}</span>
        <button
          class="plain"
          type="button"
          aria-describedby="text-${id}"
          ?disabled=${busy}
          @click=${() => void this.calls?.pin(id, !pinned)}
        >
          ${pinned ? msg('Take down') : msg('Put on top')}
        </button>
        <button
          class="plain danger"
          type="button"
          aria-describedby="text-${id}"
          ?disabled=${busy}
          @click=${() => void this.calls?.delete(id)}
        >
          ${msg('Delete')}
        </button>
      </div>
    </li>`;
  }

  private typed({ target }: Event): void {
    if (target instanceof HTMLTextAreaElement) this.text = target.value;
  }

  private async send(event: SubmitEvent): Promise<void> {
    event.preventDefault();
    // What is typed stays until the box has it.
    if (await this.calls?.write(this.text, this.pinned)) this.text = '';
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'ubizo-chat-panel': ChatPanel;
  }
}
