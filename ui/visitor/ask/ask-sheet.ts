import { localized, msg } from '@lit/localize';
import { css, html, LitElement, nothing } from 'lit';
import { customElement, property, query } from 'lit/decorators.js';
import type { Asking } from '../../../appliance/protocol/asking.ts';
import type { VisitorQuestion } from '../../../appliance/protocol/questions.ts';
import '../../elements/sheet.ts';
import type { Sheet } from '../../elements/sheet.ts';
import type { LinkError } from '../../link/problem.ts';
import { base } from '../../style/base.ts';
import './own-question.ts';
import './question-form.ts';
import type { QuestionForm } from './question-form.ts';
import { refusalWords } from './refusal-words.ts';
import './shown-questions.ts';

/**
 * Over the captions: what a visitor asks, in writing here, by voice in the slot `voice`, and what others ask. Fires
 * `ask`, `withdraw`, `vote` and `ask-closed`.
 */
@localized()
@customElement('ubizo-ask-sheet')
export class AskSheet extends LitElement {
  static override styles = [
    base,
    css`
      .parts {
        display: grid;
        grid-template-columns: minmax(0, 1fr);
        gap: var(--gap-5);
      }
      .mine {
        display: grid;
        gap: var(--gap-3);
      }
      .problem:empty {
        display: none;
      }
      .problem {
        color: var(--bad);
        font-weight: 600;
      }
    `,
  ];

  @property({ attribute: false }) asking: Asking | undefined;
  /** The visitor's own, the newest first. */
  @property({ attribute: false }) own: readonly VisitorQuestion[] = [];
  /** The one that must come to an end before the next. */
  @property({ attribute: false }) open: VisitorQuestion | undefined;
  @property({ attribute: false }) shown: readonly VisitorQuestion[] = [];
  @property() language = '';
  @property({ type: Boolean }) sending = false;
  @property({ attribute: false }) problem: LinkError | undefined;
  /** They wait for their turn, or speak, without a finger on a button: all else is put away. */
  @property({ type: Boolean }) speaking = false;
  /** It concerns the visitor now, wherever they are on the page: it is their turn to speak. */
  @property({ type: Boolean }) due = false;
  @query('ubizo-sheet') private readonly sheet!: Sheet;
  @query('ubizo-question-form') private readonly form!: QuestionForm | null;

  override render() {
    const off = this.asking?.to === 'off';
    return html`
      <ubizo-sheet .heading=${msg('Ask your guide')} @sheet-closed=${this.closed}>
        <div class="parts">
          ${this.speaking ? nothing : html`${off ? this.off() : this.writing()} ${this.mine()}`}
          <slot name="voice"></slot>
          ${
            this.speaking
              ? nothing
              : html`<ubizo-shown-questions
                    .questions=${this.shown}
                    .language=${this.language}
                  ></ubizo-shown-questions>
                  <slot></slot>`
          }
        </div>
      </ubizo-sheet>
    `;
  }

  override updated(changed: Map<PropertyKey, unknown>): void {
    if (changed.has('due') && this.due) this.show();
  }

  show(): void {
    this.sheet.open();
  }

  close(): void {
    this.sheet.close();
  }

  /** The box has the question. */
  sent(): void {
    this.form?.clear();
  }

  private off() {
    return html`<p>${msg('Your guide takes no questions at the moment.')}</p>`;
  }

  private mine() {
    if (this.own.length === 0) return nothing;
    return html`<div class="mine">
      ${this.own.map(
        (question) =>
          html`<ubizo-own-question
            .question=${question}
            .language=${this.language}
            ?busy=${this.sending}
          ></ubizo-own-question>`,
      )}
    </div>`;
  }

  private writing() {
    if (this.open)
      return html`<div>
        <p class="soft">
          ${msg('One question at a time: the next one can follow when this one is answered, or taken back.')}
        </p>
        <p class="problem" role="alert">${this.problem ? refusalWords(this.problem) : nothing}</p>
      </div>`;
    return html`<ubizo-question-form
      .slowS=${this.asking?.slowS ?? 0}
      .problem=${this.problem}
      ?sending=${this.sending}
    ></ubizo-question-form>`;
  }

  private closed(): void {
    this.dispatchEvent(new CustomEvent('ask-closed', { bubbles: true, composed: true }));
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'ubizo-ask-sheet': AskSheet;
  }
}
