import { localized, msg, str } from '@lit/localize';
import { html, LitElement, nothing } from 'lit';
import { customElement, property, query, state } from 'lit/decorators.js';
import { LONGEST_MESSAGE, type DeskQuestion } from '../../../../appliance/protocol/questions.ts';
import '../../../elements/notice.ts';
import '../../../elements/sheet.ts';
import type { Sheet } from '../../../elements/sheet.ts';
import type { QuestionAct } from '../../../link/api/questions.ts';
import type { LinkError } from '../../../link/problem.ts';
import { base, buttons, fields } from '../../../style/base.ts';
import { guideProblemWords } from '../../problem-words.ts';
import type { QuestionRow } from './arrangement.ts';
import type { QuestionCalls } from './question-calls.ts';
import { nameWords } from './question-words.ts';
import { questionsStyles } from './questions-styles.ts';

/** What is done with one question beyond answering it: over the list, so that nothing on it moves. */
@localized()
@customElement('ubizo-question-sheets')
export class QuestionSheets extends LitElement {
  static override styles = [base, buttons, fields, questionsStyles];

  /** As the box has told it last. */
  @property({ attribute: false }) find: (id: string) => DeskQuestion | undefined = () => undefined;
  @property({ attribute: false }) calls: QuestionCalls | undefined;
  @property({ attribute: false }) problem: LinkError | undefined;
  /** As they stand on the screen: with each change of one the sheet changes too. */
  @property({ attribute: false }) rows: readonly QuestionRow[] = [];
  @property({ type: Boolean }) busy = false;
  @state() private chosen = '';
  @state() private text = '';
  @query('#more') private readonly acts!: Sheet;
  @query('#reply') private readonly replying!: Sheet;
  @query('#block') private readonly blocking!: Sheet;

  override render() {
    const question = this.find(this.chosen);
    return html`
      <ubizo-sheet id="more" .heading=${msg('This question')}>
        <div class="stack">${question ? this.acting(question) : nothing}</div>
      </ubizo-sheet>
      <ubizo-sheet id="reply" .heading=${msg('Reply to this visitor alone')}>
        ${question ? this.replyForm(question) : nothing}
      </ubizo-sheet>
      <ubizo-sheet id="block" .heading=${msg('Block this visitor’s questions?')}>
        <div class="stack">
          <p>
            ${msg(str`${question ? nameWords(question) : ''} can ask nothing more on this tour, but still hears it. You can unblock them here.`)}
          </p>
          <button class="danger wide" type="button" @click=${() => this.act('block', this.blocking)}>
            ${msg('Yes, block')}
          </button>
        </div>
      </ubizo-sheet>
    `;
  }

  more(id: string): void {
    this.chosen = id;
    this.acts.open();
  }

  reply(id: string): void {
    if (id !== this.chosen) this.text = '';
    this.chosen = id;
    this.replying.open();
  }

  private acting(question: DeskQuestion) {
    const { state, later, blocked } = question;
    const open = state === 'pending' || state === 'shown';
    const button = (words: string, act: QuestionAct, style = '') =>
      html`<button class="wide ${style}" type="button" @click=${() => this.act(act, this.acts)}>
        ${words}
      </button>`;
    return html`
      ${this.quote(question)} ${state === 'pending' ? button(msg('Show to all'), 'show') : nothing}
      ${open && !later ? button(msg('Later'), 'later') : nothing}
      ${open && later ? button(msg('Back to the list'), 'restore') : nothing}
      ${state === 'hidden' ? button(msg('Restore'), 'restore') : button(msg('Hide'), 'hide')}
      ${open ? this.twins(question) : nothing}
      ${
        blocked
          ? button(msg('Unblock this visitor'), 'unblock')
          : html`<button class="wide danger" type="button" @click=${this.askToBlock}>
              ${msg('Block this visitor')}
            </button>`
      }
    `;
  }

  private quote({ id, text, original }: DeskQuestion) {
    return html`<p id="quote-${id}" class="quote" dir="auto">${text ?? original}</p>`;
  }

  /** Others that ask nearly the same become this one. */
  private twins({ id, twins }: DeskQuestion) {
    const others = twins.flatMap((each) => this.find(each) ?? []);
    return others.map(
      (twin) => html`
        <div class="stack">
          <p class="soft small">${msg('Asks nearly the same:')}</p>
          ${this.quote(twin)}
          <button
            class="wide"
            type="button"
            aria-describedby="quote-${twin.id}"
            @click=${() => this.merge(twin.id, id)}
          >
            ${msg('Merge the two')}
          </button>
        </div>
      `,
    );
  }

  private replyForm(question: DeskQuestion) {
    const { problem, busy } = this;
    return html`
      <form class="stack" @submit=${this.send}>
        ${this.quote(question)}
        ${question.reply === undefined ? nothing : html`<p class="soft small">${msg('You wrote:')} <bdi>${question.reply}</bdi></p>`}
        <label for="text">${msg('Your reply')}</label>
        <textarea
          id="text"
          dir="auto"
          rows="3"
          maxlength=${LONGEST_MESSAGE}
          .value=${this.text}
          aria-describedby="text-hint"
          @input=${this.typed}
        ></textarea>
        <p id="text-hint" class="soft small">${msg('Write in your language: it is translated.')}</p>
        ${problem ? html`<ubizo-notice tone="bad" .text=${guideProblemWords(problem)}></ubizo-notice>` : nothing}
        <button class="main wide" type="submit" ?disabled=${busy || this.text.trim() === ''}>
          ${busy ? msg('Sending…') : msg('Send')}
        </button>
      </form>
    `;
  }

  private typed({ target }: Event): void {
    if (target instanceof HTMLTextAreaElement) this.text = target.value;
  }

  private async send(event: SubmitEvent): Promise<void> {
    event.preventDefault();
    // What is typed stays until the box has it.
    if (!(await this.calls?.reply(this.chosen, this.text))) return;
    this.text = '';
    this.replying.close();
  }

  private askToBlock(): void {
    this.acts.close();
    this.blocking.open();
  }

  private act(act: QuestionAct, sheet: Sheet): void {
    sheet.close();
    void this.calls?.act(this.chosen, act);
  }

  private merge(twin: string, into: string): void {
    this.acts.close();
    void this.calls?.merge(twin, into);
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'ubizo-question-sheets': QuestionSheets;
  }
}
