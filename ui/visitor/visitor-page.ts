import { localized, msg } from '@lit/localize';
import { html, LitElement, nothing } from 'lit';
import { state } from 'lit/decorators.js';
import { bestLocale, pageLanguage, speak } from '../texts/locale.ts';
import { Announcements } from './captions/announcements.ts';
import { TextSize } from './captions/text-size.ts';
import './choose-language/choose-language.ts';
import './enter-code/code-screen.ts';
import type { Who } from './introduce/introduction.ts';
import { listeningScreen } from './listen/listening-screen.ts';
import { choosePageLanguage } from './page-language/wished-languages.ts';
import { wishedLanguages } from './page-language/wishes.ts';
import type { ProblemAction } from './problem-words.ts';
import { doneAlready, removeStill } from './still/take-over.ts';
import { Visit } from './visit/visit.ts';
import { visitorStyles } from './visitor-styles.ts';

/** The visitor's page: one screen, one thumb. A layout for what the folders beside it do. */
@localized()
export class VisitorPage extends LitElement {
  static override styles = visitorStyles;

  /** A second has passed without an answer: now words are due. */
  @state() private slow = false;
  private readonly visit = new Visit(this);
  private readonly textSize = new TextSize(this, () => this.visit.listening.reading);
  private readonly announcements = new Announcements(this);

  override connectedCallback(): void {
    super.connectedCallback();
    setTimeout(() => (this.slow = true), 1_000);
  }

  /** With what the visitor has begun at the entrance before this page was there, in whose place it comes. */
  async goOn(): Promise<void> {
    const { visit } = this;
    const done = doneAlready();
    if (visit.stage === 'entrance') visit.goOn(done);
    const { pageLanguage: wanted = pageLanguage() } = done;
    if (wanted !== pageLanguage()) void choosePageLanguage(wanted);
    await this.updateComplete;
    await this.renderRoot.querySelector('ubizo-choose-language')?.updateComplete;
    removeStill(this.renderRoot, done);
  }

  override updated(): void {
    const { view } = this.visit.tour;
    document.title = [view?.name, this.visit.arrival.box || 'Ubizo'].filter(Boolean).join(' · ');
  }

  override render() {
    const { visit } = this;
    return html`
      <main
        class=${visit.stage}
        @code-entered=${(event: CustomEvent<string>) => void visit.arrival.find(event.detail)}
        @language-choice=${this.chosen}
        @listen=${(event: CustomEvent<Who | null>) => visit.listen(event.detail ?? undefined)}
        @read=${(event: CustomEvent<Who | null>) => visit.read(event.detail ?? undefined)}
        @mend=${this.mend}
      >
        ${this.stage()}
      </main>
      ${visit.listening.sound.element}
    `;
  }

  private stage() {
    const { arrival, tour, language, introduction, listening } = this.visit;
    switch (arrival.state.at) {
      case 'asking':
        return this.slow
          ? html`<p class="arriving-words" role="status">${msg('Looking for the tour…')}</p>`
          : nothing;
      case 'code':
        return html`<ubizo-code-screen
          .tours=${arrival.open}
          .box=${arrival.box}
          .problem=${arrival.state.problem}
        ></ubizo-code-screen>`;
      case 'there':
        break;
    }
    if (listening.state.is !== 'before') {
      const { visit, textSize, announcements } = this;
      return listeningScreen({ visit, textSize, announcements, openLanguages: () => this.openLanguages() });
    }
    return html`<ubizo-choose-language
      .tour=${tour.view}
      .box=${arrival.box}
      ?elsewhere=${arrival.state.byItself}
      .takenAway=${language.takenAway}
      .language=${language.chosen}
      .first=${language.proposed}
      .name=${introduction.name}
      .entryCode=${introduction.entryCode}
      ?asked=${introduction.asked}
      .problem=${listening.state.problem}
    ></ubizo-choose-language>`;
  }

  private mend({ detail: action }: CustomEvent<ProblemAction>): void {
    if (action === 'none') return;
    if (action === 'other-code') this.visit.leave();
    else if (this.visit.listening.reading) this.visit.read();
    else if (this.visit.stage === 'listening') this.visit.listen();
    else void this.visit.arrival.arrive();
  }

  private openLanguages(): void {
    void this.renderRoot.querySelector('ubizo-language-sheet')?.open();
  }

  private chosen(event: CustomEvent<string>): void {
    this.visit.language.choose(event.detail);
    // A phone whose own language the page does not speak: the chosen one may be nearer to its owner.
    if (bestLocale(wishedLanguages()) === undefined) void speak([event.detail]);
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'ubizo-visitor-page': VisitorPage;
  }
}
