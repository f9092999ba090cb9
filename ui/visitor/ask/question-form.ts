import { localized, msg, str } from '@lit/localize';
import { css, html, LitElement, nothing } from 'lit';
import { customElement, property, query, state } from 'lit/decorators.js';
import { LONGEST_QUESTION } from '../../../appliance/protocol/questions.ts';
import type { LinkError } from '../../link/problem.ts';
import { base, buttons, fields } from '../../style/base.ts';
import { secondsOf } from '../../texts/durations.ts';
import { conversationStyles } from '../conversation/conversation-styles.ts';
import { sendIcon } from '../conversation/icons.ts';
import { refusalWords } from './refusal-words.ts';

/** A question in writing. What is written stays until the box has it. Fires `ask` with its text. */
@localized()
@customElement('ubizo-question-form')
export class QuestionForm extends LitElement {
  static override styles = [
    base,
    buttons,
    fields,
    conversationStyles,
    css`
      form {
        display: grid;
        gap: var(--gap-2);
      }
      textarea {
        min-block-size: 5.5rem;
        font-size: 1.125rem;
      }
      .problem:empty {
        display: none;
      }
      .row {
        justify-content: space-between;
      }
      .main {
        flex: 0 1 auto;
        padding-inline: var(--gap-5);
      }
    `,
  ];

  /** Between two questions, s; 0: no rule. */
  @property({ type: Number }) slowS = 0;
  @property({ type: Boolean }) sending = false;
  @property({ attribute: false }) problem: LinkError | undefined;
  @state() private written = '';
  @query('textarea') private readonly field!: HTMLTextAreaElement;

  override render() {
    const left = LONGEST_QUESTION - this.written.length;
    return html`
      <form @submit=${this.send}>
        <label for="question">${msg('Your question, in your own language')}</label>
        <textarea
          id="question"
          dir="auto"
          rows="3"
          maxlength=${LONGEST_QUESTION}
          aria-describedby="hint count"
          @input=${this.wrote}
        ></textarea>
        <p id="hint" class="soft small">
          ${msg('Rather speak? Tap the microphone key of your keyboard and dictate.')}
        </p>
        ${
          this.slowS > 0
            ? html`<p class="soft small">
                ${msg(str`Between two questions of one visitor: ${secondsOf(this.slowS * 1_000, 'long')}.`)}
              </p>`
            : nothing
        }
        <p class="problem" role="alert">${this.problem ? refusalWords(this.problem) : nothing}</p>
        <div class="row">
          <span id="count" class="soft small">${msg(str`Characters left: ${left}`)}</span>
          <button class="main" ?disabled=${this.sending || this.written.trim() === ''}>
            ${sendIcon}${msg('Send')}
          </button>
        </div>
      </form>
    `;
  }

  /** The box has it. */
  clear(): void {
    this.field.value = '';
    this.written = '';
  }

  private wrote(): void {
    this.written = this.field.value;
  }

  private send(event: Event): void {
    event.preventDefault();
    if (this.written.trim() === '') return;
    this.dispatchEvent(new CustomEvent('ask', { detail: this.written, bubbles: true, composed: true }));
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'ubizo-question-form': QuestionForm;
  }
}
