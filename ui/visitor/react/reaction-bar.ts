import { localized, msg, str } from '@lit/localize';
import { css, html, LitElement } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { REACTIONS, type Reaction } from '../../../appliance/protocol/questions.ts';
import { base, buttons } from '../../style/base.ts';
import { REACTION_ICONS, reactionWords } from './reaction-words.ts';

/** Five ways to answer without a word, one tap each. Fires `react` with which. */
@localized()
@customElement('ubizo-reaction-bar')
export class ReactionBar extends LitElement {
  static override styles = [
    base,
    buttons,
    css`
      .reactions {
        display: flex;
        gap: var(--gap-1);
      }
      button {
        flex: 1 1 var(--target);
        min-inline-size: var(--target);
        padding: 0;
        border-color: transparent;
        background: none;
        color: var(--ink-soft);
      }
      svg {
        inline-size: 26px;
        block-size: 26px;
      }
      .told {
        color: var(--accent);
        background: var(--accent-soft);
      }
      @media (prefers-reduced-motion: no-preference) {
        .told svg {
          animation: jump 400ms ease-out;
        }
        @keyframes jump {
          40% {
            transform: translateY(-6px) scale(1.2);
          }
        }
      }
    `,
  ];

  /** What was just told. */
  @property() told: Reaction | undefined;

  override render() {
    return html`
      <div class="reactions" role="group" aria-label=${msg('Tell your guide how it is')}>
        ${REACTIONS.map(
          (reaction) =>
            html`<button
              type="button"
              class=${this.told === reaction ? 'told' : ''}
              aria-label=${reactionWords(reaction)}
              @click=${() => this.react(reaction)}
            >
              ${REACTION_ICONS[reaction]}
            </button>`,
        )}
      </div>
      <span class="unseen" role="status"
        >${this.told ? msg(str`Sent: ${reactionWords(this.told)}`) : ''}</span
      >
    `;
  }

  private react(reaction: Reaction): void {
    this.dispatchEvent(new CustomEvent('react', { detail: reaction, bubbles: true, composed: true }));
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'ubizo-reaction-bar': ReactionBar;
  }
}
