import { localized, msg } from '@lit/localize';
import { css, html, LitElement, nothing } from 'lit';
import { customElement, property, query, state } from 'lit/decorators.js';
import { LONGEST_QUESTION } from '../../../appliance/protocol/questions.ts';
import '../../elements/sheet.ts';
import type { Sheet } from '../../elements/sheet.ts';
import type { LinkError } from '../../link/problem.ts';
import { base, buttons, fields } from '../../style/base.ts';
import { refusalWords } from '../ask/refusal-words.ts';
import { phoneIcon, sendIcon } from '../conversation/icons.ts';
import type { VoiceProblem } from '../voice/own-voice.ts';
import '../voice/secure-offer.ts';
import { clockOf } from '../voice/voice-words.ts';
import { callWords } from './call-words.ts';
import type { CallState } from './calling.ts';

/**
 * Help from the guide, for one who is lost: in writing, before all other questions, or by voice in private. Fires
 * `call-help` with a text, `ring` inside a gesture, `hang-up` and `call-closed`.
 */
@localized()
@customElement('ubizo-call-sheet')
export class CallSheet extends LitElement {
  static override styles = [
    base,
    buttons,
    fields,
    css`
      .parts,
      form {
        display: grid;
        grid-template-columns: minmax(0, 1fr);
        gap: var(--gap-3);
      }
      .parts {
        gap: var(--gap-5);
      }
      textarea {
        font-size: 1.125rem;
      }
      .big {
        inline-size: 100%;
        min-block-size: 72px;
        font-size: 1.25rem;
      }
      .hang-up,
      .hang-up:hover {
        background: var(--live);
        color: var(--on-live);
        border-color: transparent;
      }
      .left {
        font-size: 2rem;
        font-weight: 700;
        font-variant-numeric: tabular-nums;
        text-align: center;
      }
      .status {
        font-weight: 600;
      }
      .status:empty,
      .problem:empty {
        display: none;
      }
      .problem {
        color: var(--bad);
        font-weight: 600;
      }
    `,
  ];

  @property({ attribute: false }) call: CallState = { is: 'none' };
  /** Seconds, while it lasts. */
  @property({ attribute: false }) left: number | undefined;
  /** Visitors may speak. */
  @property({ type: Boolean }) voice = false;
  /** Browsers give this page a microphone; where they do if they do not here. */
  @property({ type: Boolean }) possible = false;
  @property() secureUrl = '';
  @property({ type: Boolean }) sending = false;
  @property({ type: Boolean }) sent = false;
  @property({ attribute: false }) problem: LinkError | undefined;
  @property({ attribute: false }) voiceProblem: VoiceProblem | undefined;
  /** The guide is there. */
  @property({ type: Boolean }) due = false;
  @state() private written: string | undefined;
  @query('ubizo-sheet') private readonly sheet!: Sheet;

  override render() {
    const { is } = this.call;
    const on = is === 'opening' || is === 'ringing' || is === 'active';
    return html`<ubizo-sheet .heading=${msg('Help from your guide')} @sheet-closed=${this.closed}>
      <div class="parts">
        ${is === 'active' && this.left !== undefined ? html`<p class="left">${clockOf(this.left)}</p>` : nothing}
        <p class="status" role="status">${callWords(this.call, this.voiceProblem)}</p>
        ${on ? this.hangUp() : html`${this.writing()} ${this.voice ? this.calling() : nothing}`}
      </div>
    </ubizo-sheet>`;
  }

  override updated(changed: Map<PropertyKey, unknown>): void {
    if (changed.has('due') && this.due) this.show();
  }

  show(): void {
    this.sheet.open();
  }

  private hangUp() {
    return html`<button class="big hang-up" type="button" @click=${() => this.fire('hang-up')}>
      ${phoneIcon}${msg('Hang up')}
    </button>`;
  }

  private writing() {
    if (this.sent)
      return html`<p role="status">${msg('Sent. Your guide sees it before all other questions.')}</p>`;
    const written = this.written ?? msg('I have lost the group. Where are you?');
    return html`<form @submit=${this.send}>
      <label for="words">${msg('What your guide is to know')}</label>
      <textarea
        id="words"
        dir="auto"
        rows="2"
        maxlength=${LONGEST_QUESTION}
        .value=${written}
        @input=${this.wrote}
      ></textarea>
      <p class="problem" role="alert">${this.problem ? refusalWords(this.problem) : nothing}</p>
      <button class="big main" ?disabled=${this.sending || written.trim() === ''}>
        ${sendIcon}${msg('Send to my guide')}
      </button>
    </form>`;
  }

  private calling() {
    if (!this.possible) return html`<ubizo-secure-offer .url=${this.secureUrl}></ubizo-secure-offer>`;
    return html`<button class="big" type="button" @click=${() => this.fire('ring')}>
      ${phoneIcon}${msg('Call my guide')}
    </button>`;
  }

  private wrote(event: Event): void {
    this.written = (event.target as HTMLTextAreaElement).value;
  }

  private send(event: Event): void {
    event.preventDefault();
    this.fire('call-help', this.renderRoot.querySelector('textarea')?.value ?? '');
  }

  private closed(): void {
    this.fire('call-closed');
  }

  private fire(name: string, detail?: string): void {
    this.dispatchEvent(new CustomEvent(name, { detail, bubbles: true, composed: true }));
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'ubizo-call-sheet': CallSheet;
  }
}
