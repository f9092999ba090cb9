import { localized, msg } from '@lit/localize';
import { css, html, LitElement, nothing } from 'lit';
import { customElement, property, query, state } from 'lit/decorators.js';
import { repeat } from 'lit/directives/repeat.js';
import { directionOf } from '../../appliance/protocol/languages.ts';
import { piecesOf } from '../../appliance/protocol/line-breaks.ts';
import type { CaptionLine } from '../../appliance/protocol/views.ts';
import { downIcon } from '../elements/icons.ts';
import { base, buttons } from '../style/base.ts';
import { pageLanguage } from '../texts/locale.ts';
import { markOf, markStyles } from './caption-mark.ts';

/** Lines that were finished within a breath are announced one after the other. */
const ANNOUNCED = 3;
/** Nearer to the end than this, the reader is reading along. */
const AT_END_PX = 48;

/**
 * Running captions, newest at the bottom. Follows the newest line until the reader scrolls up, then stays where
 * they read and offers the way back.
 */
@localized()
@customElement('ubizo-caption-stream')
export class CaptionStream extends LitElement {
  static override styles = [
    base,
    buttons,
    markStyles,
    css`
      :host {
        position: relative;
        min-block-size: 0;
        display: flex;
        flex-direction: column;
      }
      .log {
        flex: 1;
        min-block-size: 0;
        overflow-y: auto;
        overscroll-behavior: contain;
        display: flex;
        flex-direction: column;
        padding: var(--caption-padding, var(--gap-4));
        font-size: var(--caption-size, 1.375rem);
        line-height: 1.4;
        scrollbar-width: thin;
      }
      .lines {
        margin-block-start: auto;
      }
      p {
        margin-block-end: 0.55em;
        overflow-wrap: anywhere;
        text-wrap: pretty;
      }
      .draft,
      .skipped {
        color: var(--ink-soft);
      }
      .skipped small {
        font-size: 0.9375rem;
        white-space: nowrap;
      }
      .empty {
        color: var(--ink-soft);
        font-size: 1.125rem;
        /* In the upper third: what is to be done may lie over the top. */
        margin-block: auto;
        align-self: center;
        text-align: center;
        max-inline-size: 26ch;
      }
      button {
        position: absolute;
        inset-block-end: var(--gap-3);
        inset-inline: 0;
        margin-inline: auto;
        inline-size: fit-content;
        border-radius: 999px;
        box-shadow: var(--shadow);
      }
    `,
  ];

  @property({ attribute: false }) lines: readonly CaptionLine[] = [];
  /** Said while there is no line yet. */
  @property() emptyText = '';
  /** New lines are announced to a screen reader or a braille display once they are final. */
  @property({ type: Boolean }) announce = false;
  @state() private following = true;
  @query('.log') private readonly log!: HTMLElement;
  @query('.lines') private readonly all!: HTMLElement;
  private lastTop = 0;
  // Whatever moves the end (a new line, a larger text, a turned phone) shows as a change of size.
  private readonly resizes = new ResizeObserver(() => this.follow());

  override render() {
    // Not live for screen readers unless they ask for it: a voice that reads the captions aloud would talk over the one
    // being listened to. Drafts never are: they would be read again with each word.
    return html`
      <div
        class="log"
        role="log"
        aria-live="off"
        aria-label=${msg('Captions')}
        tabindex="0"
        @scroll=${this.scrolled}
      >
        ${this.lines.length === 0 ? html`<p class="empty">${this.emptyText}</p>` : nothing}
        <div class="lines">
          ${repeat(
            this.lines,
            keyOf,
            (line, at) =>
              html`<p class=${classOf(line)} lang=${line.language} dir=${directionOf(line.language)}>
                ${markOf(line, this.lines[at - 1])}${piecesOf(line.text, line.language).map((piece, at) => (at === 0 ? piece : html`<wbr />${piece}`))}${
                  line.skipped
                    ? html` <small lang=${pageLanguage()}>(${msg('only in writing')})</small>`
                    : nothing
                }
              </p>`,
          )}
        </div>
      </div>
      <div class="unseen" aria-live="polite" aria-relevant="additions" data-testid="announced">
        ${repeat(this.announced(), keyOf, (line) => html`<p lang=${line.language}>${line.text}</p>`)}
      </div>
      ${
        this.following
          ? nothing
          : html`<button type="button" class="main" @click=${this.toNewest}>
              ${downIcon}${msg('Newest')}
            </button>`
      }
    `;
  }

  private announced(): readonly CaptionLine[] {
    return this.announce ? this.lines.filter(({ final }) => final).slice(-ANNOUNCED) : [];
  }

  override connectedCallback(): void {
    super.connectedCallback();
    if (this.hasUpdated) this.watch();
  }

  override firstUpdated(): void {
    this.watch();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.resizes.disconnect();
  }

  private watch(): void {
    this.resizes.observe(this.log);
    this.resizes.observe(this.all);
  }

  private follow(): void {
    if (this.following) this.log.scrollTop = this.log.scrollHeight;
  }

  private scrolled(): void {
    const { scrollTop, clientHeight, scrollHeight } = this.log;
    // Only a move upwards is the reader's: lines that arrive also leave the end out of sight for a moment.
    if (scrollTop + clientHeight >= scrollHeight - AT_END_PX) this.following = true;
    else if (scrollTop < this.lastTop - 1) this.following = false;
    this.lastTop = scrollTop;
  }

  private toNewest(): void {
    this.following = true;
    this.follow();
    this.log.focus({ preventScroll: true });
  }
}

const classOf = ({ final, skipped, asked, answers }: CaptionLine): string =>
  `${skipped ? 'final skipped' : final ? 'final' : 'draft'}${asked ? ' asked' : answers ? ' answers' : ''}`;

const keyOf = ({ language, id }: CaptionLine): string => `${language} ${id}`;

declare global {
  interface HTMLElementTagNameMap {
    'ubizo-caption-stream': CaptionStream;
  }
}
