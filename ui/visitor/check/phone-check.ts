import { localized, msg } from '@lit/localize';
import { css, html, LitElement, nothing } from 'lit';
import { customElement, property, query, state } from 'lit/decorators.js';
import '../../elements/sheet.ts';
import type { Sheet } from '../../elements/sheet.ts';
import { base, buttons } from '../../style/base.ts';
import { findingWords } from './check-words.ts';
import { ALL, codeOf, type Finding, type Question } from './findings.ts';
import { lookAtPhone, type PhoneParts } from './look-at-phone.ts';

/** A check of the visitor's own phone, over the page: what was looked at, what was found, and a code for the guide. */
@localized()
@customElement('ubizo-phone-check')
export class PhoneCheck extends LitElement {
  static override styles = [
    base,
    buttons,
    css`
      li {
        display: flex;
        gap: var(--gap-3);
        align-items: baseline;
        padding-block: var(--gap-2);
        min-block-size: 3.25em;
        border-block-end: 1px solid var(--line);
      }
      .mark {
        flex: 0 0 1.25em;
        font-weight: 700;
        text-align: center;
      }
      .good .mark {
        color: var(--good);
      }
      .bad .mark {
        color: var(--bad);
      }
      .code {
        margin-block: var(--gap-4);
        min-block-size: 5em;
      }
      .code b {
        display: block;
        font-size: 1.75rem;
        letter-spacing: 0.06em;
      }
      button {
        inline-size: 100%;
      }
    `,
  ];

  /** Asked anew at each check. */
  @property({ attribute: false }) parts: () => PhoneParts | undefined = () => undefined;
  @state() private found: ReadonlyMap<Question, Finding> = new Map();
  @state() private busy = false;
  @query('ubizo-sheet') private readonly sheet!: Sheet;

  override render() {
    const code = codeOf(ALL.flatMap((question) => this.found.get(question) ?? []));
    return html`
      <ubizo-sheet .heading=${msg('Something wrong?')}>
        <ul aria-busy=${this.busy ? 'true' : 'false'}>
          ${ALL.map((question) => this.line(this.found.get(question)))}
        </ul>
        <p class="code" role="status">
          ${
            this.busy
              ? msg('Your phone is being checked…')
              : html`${msg('If it does not help, tell your guide this code:')}<b dir="ltr">${code}</b>`
          }
        </p>
        <button type="button" ?disabled=${this.busy} @click=${this.check}>${msg('Check again')}</button>
      </ubizo-sheet>
    `;
  }

  async open(): Promise<void> {
    await this.updateComplete;
    this.sheet.open();
    await this.check();
  }

  private line(found: Finding | undefined) {
    if (!found) return html`<li class="soft"><span class="mark" aria-hidden="true">…</span>${nothing}</li>`;
    const { verdict, code } = found;
    const marks = { good: '✓', bad: '✗', unknown: '–', ask: '?' };
    return html`<li class=${verdict} data-code=${code}>
      <span class="mark" aria-hidden="true">${marks[verdict]}</span><span>${findingWords(code)}</span>
    </li>`;
  }

  private async check(): Promise<void> {
    const parts = this.parts();
    if (!parts || this.busy) return;
    this.found = new Map();
    this.busy = true;
    await lookAtPhone(parts, (finding) => {
      this.found = new Map(this.found).set(finding.question, finding);
    });
    this.busy = false;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'ubizo-phone-check': PhoneCheck;
  }
}
