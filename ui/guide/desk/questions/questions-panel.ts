import { localized, msg, str } from '@lit/localize';
import { html, LitElement, nothing } from 'lit';
import { customElement, property, query, state } from 'lit/decorators.js';
import { repeat } from 'lit/directives/repeat.js';
import { USUAL_ASKING, type Asking } from '../../../../appliance/protocol/asking.ts';
import type { DeskQuestion } from '../../../../appliance/protocol/questions.ts';
import { chevronIcon } from '../../../elements/icons.ts';
import '../../../elements/sheet.ts';
import type { LinkError } from '../../../link/problem.ts';
import { base, buttons, fields } from '../../../style/base.ts';
import { panel } from '../../panel.ts';
import { askingFields, askingStyles } from '../../tours/asking-fields.ts';
import { bellIcon, bellOffIcon, settingsIcon } from '../desk-icons.ts';
import type { Group, QuestionRow } from './arrangement.ts';
import { Handled } from './handled.ts';
import type { QuestionCalls } from './question-calls.ts';
import { questionRow } from './question-row.ts';
import './question-sheets.ts';
import type { QuestionSheets } from './question-sheets.ts';
import { newWords } from './question-words.ts';
import { questionsStyles } from './questions-styles.ts';
import { SeenWatch } from './seen-watch.ts';

/**
 * What visitors ask, in the guide's language. Nothing on it moves while it is touched. Fires `questions-handled` with
 * whether it is, `questions-let-in` for what waits, `question-bell` and `asking-change`.
 */
@localized()
@customElement('ubizo-questions-panel')
export class QuestionsPanel extends LitElement {
  static override styles = [base, buttons, fields, panel, askingStyles, questionsStyles];

  @property({ attribute: false }) rows: readonly QuestionRow[] = [];
  /** How many wait that are not among the rows. */
  @property({ type: Number }) news = 0;
  /** Translations wait, as they may be higher than what is there. */
  @property({ type: Boolean }) textsWait = false;
  @property({ attribute: false }) find: (id: string) => DeskQuestion | undefined = () => undefined;
  @property({ attribute: false }) calls: QuestionCalls | undefined;
  @property({ attribute: false }) underWay: ReadonlySet<string> = new Set();
  @property({ attribute: false }) problem: LinkError | undefined;
  @property({ attribute: false }) asking: Asking = USUAL_ASKING;
  @property() guideLanguage = '';
  @property({ type: Boolean }) bell = true;
  @property({ type: Boolean }) lost = false;
  /** So long after a touch it counts as touched, ms. */
  @property({ type: Number }) restMs: number | undefined;
  @state() private originals: ReadonlySet<string> = new Set();
  @state() private opened: ReadonlySet<Group> = new Set();
  @query('ubizo-question-sheets') private readonly sheets!: QuestionSheets;
  readonly handled = new Handled(this, {
    onChange: (handled) => this.tell('questions-handled', handled),
    restMs: () => this.restMs,
  });
  readonly seen = new SeenWatch(this, (id) => this.calls?.seen(id));

  override render() {
    const now = this.rowsIn('now');
    return html`
      <section class="panel" aria-labelledby="heading">
        ${this.head()}
        <div class="list">
          ${now.length === 0 ? html`<p class="soft">${this.emptyWords()}</p>` : this.list(now)}
          ${this.fold('later', (count) => msg(str`Put off: ${count}`))}
          ${this.fold('answered', (count) => msg(str`Answered: ${count}`))}
          ${this.fold('hidden', (count) => msg(str`Hidden: ${count}`))}
        </div>
      </section>
      <ubizo-question-sheets
        .rows=${this.rows}
        .find=${this.find}
        .calls=${this.calls}
        .problem=${this.problem}
        ?busy=${this.underWay.size > 0}
      ></ubizo-question-sheets>
      <ubizo-sheet id="settings" .heading=${msg('Who may ask')}>
        ${askingFields(this.asking, (asking) => this.tell('asking-change', asking))}
      </ubizo-sheet>
    `;
  }

  /** Always as high: what waits is told here, and not in the list. */
  private head() {
    const { news, textsWait, bell } = this;
    const words = news > 0 ? newWords(news) : textsWait ? msg('Show translations') : '';
    return html`
      <div class="head">
        <h2 id="heading">${msg('Questions')}</h2>
        <div role="status">
          ${words ? html`<button class="main" type="button" @click=${this.letIn}>${words}</button>` : nothing}
        </div>
        <button
          class="plain"
          type="button"
          aria-pressed=${bell ? 'true' : 'false'}
          @click=${() => this.tell('question-bell', !bell)}
        >
          ${bell ? bellIcon : bellOffIcon}<span class="unseen">${msg('A sign for each new question')}</span>
        </button>
        <button class="plain" type="button" aria-haspopup="dialog" @click=${() => this.settings?.open()}>
          ${settingsIcon}<span class="unseen">${msg('Who may ask')}</span>
        </button>
      </div>
    `;
  }

  private fold(group: Group, words: (count: number) => string) {
    const rows = this.rowsIn(group);
    if (rows.length === 0) return nothing;
    const open = this.opened.has(group);
    return html`<details ?open=${open} @toggle=${(event: Event) => this.folded(group, event)}>
      <summary>${words(rows.length)} ${chevronIcon}</summary>
      ${open ? this.list(rows) : nothing}
    </details>`;
  }

  private list(rows: readonly QuestionRow[]) {
    return html`<ul>
      ${repeat(
        rows,
        ({ question }) => question.id,
        (row) => this.row(row),
      )}
    </ul>`;
  }

  private row(row: QuestionRow) {
    const { id } = row.question;
    return questionRow(row, {
      guideLanguage: this.guideLanguage,
      original: this.originals.has(id),
      busy: this.lost || row.gone || this.underWay.has(id),
      act: (act) => void this.calls?.act(id, act),
      reply: () => this.sheets.reply(id),
      more: () => this.sheets.more(id),
      turn: () => (this.originals = toggled(this.originals, id)),
    });
  }

  private rowsIn(group: Group): readonly QuestionRow[] {
    return this.rows.filter((row) => row.group === group);
  }

  private emptyWords(): string {
    return this.asking.to === 'off'
      ? msg('Visitors cannot ask on this tour now.')
      : msg('Nobody has asked yet.');
  }

  private get settings() {
    return this.renderRoot.querySelector<HTMLElementTagNameMap['ubizo-sheet']>('#settings');
  }

  private folded(group: Group, { target }: Event): void {
    if (target instanceof HTMLDetailsElement && target.open !== this.opened.has(group))
      this.opened = toggled(this.opened, group);
  }

  private letIn(): void {
    this.tell('questions-let-in');
    // The newest are among the first.
    this.renderRoot.querySelector('.list')?.scrollTo(0, 0);
  }

  private tell(type: string, detail?: unknown): void {
    this.dispatchEvent(new CustomEvent(type, { detail, bubbles: true, composed: true }));
  }
}

function toggled<T>(set: ReadonlySet<T>, item: T): ReadonlySet<T> {
  const next = new Set(set);
  if (!next.delete(item)) next.add(item);
  return next;
}

declare global {
  interface HTMLElementTagNameMap {
    'ubizo-questions-panel': QuestionsPanel;
  }
}
