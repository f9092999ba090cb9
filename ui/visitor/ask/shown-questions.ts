import { localized, msg, str } from '@lit/localize';
import { css, html, LitElement, nothing } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { repeat } from 'lit/directives/repeat.js';
import type { VisitorQuestion } from '../../../appliance/protocol/questions.ts';
import { base, buttons } from '../../style/base.ts';
import { conversationStyles } from '../conversation/conversation-styles.ts';
import { voteIcon } from '../conversation/icons.ts';
import { saidInWriting } from '../conversation/original.ts';
import { inOrder } from './question-order.ts';

/** What others ask, most wanted first; nothing moves while it is touched. Fires `vote` with `{id, on}`. */
@localized()
@customElement('ubizo-shown-questions')
export class ShownQuestions extends LitElement {
  static override styles = [
    base,
    buttons,
    conversationStyles,
    css`
      h3 {
        font-size: 1.0625rem;
        margin-block-end: var(--gap-2);
      }
      li {
        display: grid;
        grid-template-columns: minmax(0, 1fr) auto;
        gap: var(--gap-3);
        padding-block: var(--gap-3);
        border-block-start: 1px solid var(--line);
      }
      .vote {
        flex-direction: column;
        gap: 0;
        min-inline-size: 3.5rem;
        align-self: start;
        padding: var(--gap-1) var(--gap-2);
      }
      .vote[aria-pressed='true'] {
        background: var(--accent);
        color: var(--on-accent);
        border-color: transparent;
      }
      .vote[aria-pressed='true'] svg {
        fill: currentColor;
      }
      .now {
        color: var(--accent);
        font-weight: 600;
      }
    `,
  ];

  @property({ attribute: false }) questions: readonly VisitorQuestion[] = [];
  /** The visitor's language. */
  @property() language = '';
  @state() private held = false;
  private shownBefore: readonly string[] = [];

  override render() {
    if (this.questions.length === 0) return nothing;
    const ordered = inOrder(this.questions, { before: this.shownBefore, held: this.held });
    this.shownBefore = ordered.map(({ id }) => id);
    return html`
      <section
        aria-labelledby="heading"
        @pointerenter=${this.hold}
        @pointerdown=${this.hold}
        @focusin=${this.hold}
        @pointerleave=${this.letGo}
        @focusout=${this.letGo}
      >
        <h3 id="heading">${msg('What others ask')}</h3>
        <ul>
          ${repeat(
            ordered,
            ({ id }) => id,
            (question) => this.one(question),
          )}
        </ul>
      </section>
    `;
  }

  private one(question: VisitorQuestion) {
    const { id, mine, name, state, votes, voted } = question;
    return html`<li data-question=${id}>
      <div>
        ${name === undefined ? nothing : html`<p class="soft small"><bdi>${name}</bdi></p>`}
        ${saidInWriting(question, { reads: this.language, written: question.language })}
        ${state === 'answering' ? html`<p class="now small">${msg('It is being answered')}</p>` : nothing}
        ${mine ? html`<p class="soft small">${msg('Your question')}</p>` : nothing}
      </div>
      <button
        class="vote"
        type="button"
        ?disabled=${mine}
        aria-pressed=${voted}
        aria-label=${msg(str`I would like to know that too: ${votes}`)}
        @click=${() => this.vote(id, !voted)}
      >
        ${voteIcon}<span aria-hidden="true">${votes}</span>
      </button>
    </li>`;
  }

  private vote(id: string, on: boolean): void {
    this.dispatchEvent(new CustomEvent('vote', { detail: { id, on }, bubbles: true, composed: true }));
  }

  private hold(): void {
    this.held = true;
  }

  private letGo(): void {
    this.held = this.matches(':hover') || this.shadowRoot?.activeElement !== null;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'ubizo-shown-questions': ShownQuestions;
  }
}
