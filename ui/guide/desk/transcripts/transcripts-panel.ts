import { localized, msg, str } from '@lit/localize';
import { css, html, LitElement, nothing, type PropertyValues } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { languageName } from '../../../../appliance/protocol/languages.ts';
import type { TranscriptsView, TranscriptView } from '../../../../appliance/protocol/views.ts';
import '../../../elements/notice.ts';
import '../../../elements/sheet.ts';
import { eraseTranscripts, transcriptFile, transcripts } from '../../../link/api/transcripts.ts';
import { base, buttons } from '../../../style/base.ts';
import { pageLanguage } from '../../../texts/locale.ts';
import { Attempt } from '../../attempt.ts';
import { panel } from '../../panel.ts';
import { guideProblemWords } from '../../problem-words.ts';

const FORMATS = ['txt', 'srt', 'vtt'] as const;

/** What was said on a tour, to keep or to erase. Fires `sign-in-needed`. */
@localized()
@customElement('ubizo-transcripts-panel')
export class TranscriptsPanel extends LitElement {
  static override styles = [
    base,
    buttons,
    panel,
    css`
      li {
        display: flex;
        flex-wrap: wrap;
        align-items: center;
        justify-content: space-between;
        gap: var(--gap-2) var(--gap-3);
        padding-block: var(--gap-3);
        border-block-start: 1px solid var(--line);
      }
      h3 {
        font-size: 1.0625rem;
      }
      .files {
        display: flex;
        flex-wrap: wrap;
        gap: var(--gap-2);
      }
      a {
        display: flex;
        align-items: center;
        justify-content: center;
        min-block-size: var(--target);
        min-inline-size: 4rem;
        border: 1px solid var(--line-strong);
        border-radius: var(--radius-small);
        font-weight: 600;
        text-decoration: none;
      }
      a:hover {
        background: var(--sunken);
      }
      ubizo-sheet p {
        margin-block-end: var(--gap-4);
      }
    `,
  ];

  @property() tourId = '';
  @state() private view: TranscriptsView | undefined;
  private readonly attempt = new Attempt(this);
  /** A file is being asked for by a sign-in that was found good a moment ago. */
  private sure = false;

  override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has('tourId') && this.tourId !== '') void this.load();
  }

  override render() {
    const { view } = this;
    const { problem, busy } = this.attempt;
    return html`
      <section class="panel" aria-labelledby="heading">
        <h2 id="heading">${msg('What was said')}</h2>
        ${problem ? html`<ubizo-notice tone="bad" .text=${guideProblemWords(problem)}></ubizo-notice>` : nothing}
        ${!view && !problem ? html`<p class="soft">${msg('Asking the box…')}</p>` : nothing}
        ${view ? html`<p class="soft">${keepWords(view)}</p>` : nothing}
        <ul>
          ${view?.transcripts.map((each) => this.row(each))}
        </ul>
        ${
          view && view.transcripts.length > 0
            ? html`<div class="row">
                <button class="danger" type="button" ?disabled=${busy} @click=${() => this.sheet?.open()}>
                  ${msg('Erase the transcripts')}
                </button>
              </div>`
            : nothing
        }
      </section>
      <ubizo-sheet .heading=${msg('Erase the transcripts?')}>
        <p>${msg('All languages will be gone from the box. What you have downloaded stays with you.')}</p>
        <button class="danger wide" type="button" @click=${this.erase}>${msg('Yes, erase them')}</button>
      </ubizo-sheet>
    `;
  }

  private row({ language, lines }: TranscriptView) {
    const name = languageName(language, pageLanguage());
    return html`
      <li data-testid="transcript-${language}">
        <div>
          <h3>${name}</h3>
          <p class="soft small">${msg(str`Lines: ${lines}`)}</p>
        </div>
        <div class="files">
          ${FORMATS.map(
            (format) =>
              html`<a href=${transcriptFile(this.tourId, language, format)} download @click=${this.download}>
                <span class="unseen">${name}, </span>${format.toUpperCase()}
              </a>`,
          )}
        </div>
      </li>
    `;
  }

  private get sheet() {
    return this.renderRoot.querySelector('ubizo-sheet');
  }

  private async load(): Promise<void> {
    await this.attempt.run(async () => {
      this.view = await transcripts(this.tourId);
    });
  }

  /** A link cannot renew a sign-in that has run out; a request before it can. */
  private async download(event: Event): Promise<void> {
    if (this.sure) return;
    event.preventDefault();
    const link = event.currentTarget;
    await this.load();
    if (!this.attempt.done || !(link instanceof HTMLAnchorElement)) return;
    this.sure = true;
    link.click();
    this.sure = false;
  }

  private async erase(): Promise<void> {
    this.sheet?.close();
    await this.attempt.run(async () => {
      await eraseTranscripts(this.tourId);
      this.view = await transcripts(this.tourId);
    });
  }
}

function keepWords({ transcripts, keepDays }: TranscriptsView): string {
  if (transcripts.length > 0)
    return msg(str`The box deletes the transcripts by itself ${keepDays} days after the tour.`);
  return keepDays === 0
    ? msg('Nothing was written down: this tour keeps no transcripts.')
    : msg('Nothing is written down of this tour.');
}

declare global {
  interface HTMLElementTagNameMap {
    'ubizo-transcripts-panel': TranscriptsPanel;
  }
}
