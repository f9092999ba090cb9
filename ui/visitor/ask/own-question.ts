import { localized, msg } from '@lit/localize';
import { css, html, LitElement, nothing } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import type { VisitorQuestion } from '../../../appliance/protocol/questions.ts';
import { base, buttons } from '../../style/base.ts';
import { conversationStyles } from '../conversation/conversation-styles.ts';
import { doneIcon } from '../conversation/icons.ts';
import { saidInWriting } from '../conversation/original.ts';

/** An own question, how far it has come, and what the guide has written back. Fires `withdraw` with its id. */
@localized()
@customElement('ubizo-own-question')
export class OwnQuestion extends LitElement {
  static override styles = [
    base,
    buttons,
    conversationStyles,
    css`
      .asked {
        font-size: 1.0625rem;
        font-weight: 600;
      }
      li {
        display: flex;
        align-items: center;
        gap: var(--gap-3);
        min-block-size: 1.875rem;
        color: var(--ink-soft);
      }
      .mark {
        flex: none;
        display: grid;
        place-items: center;
        inline-size: 1.25rem;
        block-size: 1.25rem;
        border: 2px solid var(--line-strong);
        border-radius: 50%;
      }
      .mark svg {
        inline-size: 0.9rem;
        block-size: 0.9rem;
        stroke-width: 3;
      }
      .past .mark {
        background: var(--accent);
        border-color: var(--accent);
        color: var(--on-accent);
      }
      [aria-current] {
        color: var(--ink);
        font-weight: 600;
      }
      .reply {
        border-inline-start: 4px solid var(--accent);
        padding-inline-start: var(--gap-3);
      }
    `,
  ];

  @property({ attribute: false }) question: VisitorQuestion | undefined;
  /** The visitor's language. */
  @property() language = '';
  @property({ type: Boolean }) busy = false;

  override render() {
    const { question } = this;
    if (!question) return nothing;
    const { reply } = question;
    const reached = stepOf(question);
    return html`
      <article class="card" aria-label=${msg('Your question')}>
        <p class="said asked" dir="auto" lang=${question.language}>${question.original}</p>
        <ol>
          ${stepsFor(question).map(
            ([step, words]) =>
              html`<li
                class=${step <= reached ? 'past' : ''}
                aria-current=${step === reached ? 'step' : nothing}
              >
                <span class="mark" aria-hidden="true">${step <= reached ? doneIcon : nothing}</span>${words}
              </li>`,
          )}
        </ol>
        ${
          reply
            ? html`<div class="reply">
                <p class="soft small">${msg('Your guide writes to you alone:')}</p>
                ${saidInWriting(reply, { reads: this.language })}
              </div>`
            : nothing
        }
        ${
          reached < ANSWERED
            ? html`<div class="row">
                <button class="plain" type="button" ?disabled=${this.busy} @click=${this.withdraw}>
                  ${msg('Take back')}
                </button>
              </div>`
            : nothing
        }
      </article>
    `;
  }

  private withdraw(): void {
    this.dispatchEvent(
      new CustomEvent('withdraw', { detail: this.question?.id, bubbles: true, composed: true }),
    );
  }
}

const SENT = 0;
const READ = 1;
const SHOWN = 2;
const ANSWERING = 3;
const ANSWERED = 4;

function stepOf({ state, seen }: VisitorQuestion): number {
  switch (state) {
    case 'pending':
      return seen ? READ : SENT;
    // Put away by the guide, who has it.
    case 'hidden':
      return READ;
    case 'shown':
      return SHOWN;
    case 'answering':
      return ANSWERING;
    case 'answered':
      return ANSWERED;
  }
}

/** That all see a question is a step for those that stand there for a while only. */
function stepsFor({ state }: VisitorQuestion): readonly (readonly [number, string])[] {
  return [
    [SENT, msg('Sent')],
    [READ, msg('Your guide has read it')],
    ...(state === 'shown' ? ([[SHOWN, msg('Everybody sees it')]] as const) : []),
    [ANSWERING, msg('It is being answered')],
    [ANSWERED, msg('Answered')],
  ];
}

declare global {
  interface HTMLElementTagNameMap {
    'ubizo-own-question': OwnQuestion;
  }
}
