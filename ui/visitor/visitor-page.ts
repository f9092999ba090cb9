import { localized, msg } from '@lit/localize';
import { html, LitElement, nothing } from 'lit';
import { state } from 'lit/decorators.js';
import { styleMap } from 'lit/directives/style-map.js';
import { languageName } from '../../appliance/protocol/languages.ts';
import '../captions/caption-stream.ts';
import '../elements/notice.ts';
import { listenIcon, microphoneIcon } from '../elements/icons.ts';
import '../elements/sheet.ts';
import { QualityMeter } from '../link/connection-quality.ts';
import { StayAwake } from '../stay-awake/stay-awake.ts';
import { bestLocale, speak } from '../texts/locale.ts';
import './choose-language/language-list.ts';
import './enter-code/code-form.ts';
import './enter-code/who-comes.ts';
import { connectionAdvice, connectionOf, connectionWords } from './listen/connection.ts';
import './listen/listen-bar.ts';
import { clearLockScreen, showOnLockScreen } from './listen/lock-screen.ts';
import { Sound } from './listen/sound.ts';
import { TextSize } from './listen/text-size.ts';
import { beforeTheFirstWords, whatYouHear } from './listen/what-you-hear.ts';
import { actionWords, problemWords, type ProblemAction } from './problem-words.ts';
import { Visit } from './visit.ts';
import { visitorStyles } from './visitor-styles.ts';

/** The visitor's page: one screen, one thumb. */
@localized()
export class VisitorPage extends LitElement {
  static override styles = visitorStyles;

  @state() private textSize = new TextSize();
  /** A second has passed without an answer: now words are due. */
  @state() private slow = false;
  private readonly sound = new Sound(this);
  private readonly awake = new StayAwake(this);
  private readonly visit = new Visit(this, {
    onStream: (stream) => this.sound.play(stream),
    onStop: () => {
      this.sound.stop();
      this.awake.let();
    },
  });
  private readonly meter = new QualityMeter(this, () => this.visit.whep.peer);

  override connectedCallback(): void {
    super.connectedCallback();
    setTimeout(() => (this.slow = true), 1_000);
  }

  override updated(): void {
    const { tour, language, listening } = this.visit;
    document.title = tour ? `${tour.name} · Ubizo` : 'Ubizo';
    if (!tour || this.visit.stage !== 'listening' || tour.state === 'ended') return clearLockScreen();
    showOnLockScreen({
      title: tour.name,
      artist: languageName(language),
      playing: listening && !this.sound.held,
      onPlay: () => this.listen(),
      onStop: () => this.visit.stop(),
    });
  }

  override render() {
    return html`
      <main class=${this.visit.stage}>${this.stage()}</main>
      ${this.sound.element}
    `;
  }

  private stage() {
    switch (this.visit.stage) {
      case 'arriving':
        return this.slow
          ? html`<p class="arriving-words" role="status">${msg('Looking for the tour…')}</p>`
          : nothing;
      case 'code':
        return this.codeStage();
      case 'tour':
        return this.tourStage();
      case 'listening':
        return this.listeningStage();
    }
  }

  private codeStage() {
    const { problem, openTour } = this.visit;
    const words = problem && problemWords(problem);
    const wrongCode = words?.action === 'other-code' ? words.sentence : '';
    return html`
      <div class="column">
        <header>
          <p class="mark">${microphoneIcon}Ubizo</p>
          <h1>${msg('Hear your guide in your language')}</h1>
        </header>
        ${words && !wrongCode ? this.problemNotice() : nothing}
        <ubizo-code-form
          .openTour=${openTour}
          .wrong=${wrongCode}
          @code-entered=${(event: CustomEvent<string>) => void this.visit.find(event.detail)}
        ></ubizo-code-form>
        <p><a class="sign-in" href="/guide">${msg('I have an account')}</a></p>
      </div>
    `;
  }

  private tourStage() {
    const { visit } = this;
    const { tour, problem } = visit;
    const shut = tour?.state === 'ended' || problem?.code === 'attendee_removed';
    return html`
      <div class="column">
        <header>
          <h1><bdi>${tour?.name}</bdi></h1>
          ${tour?.state === 'live' ? html`<p class="live">${msg('Live now')}</p>` : nothing}
        </header>
        ${
          tour && tour.state !== 'live'
            ? html`<ubizo-notice .text=${whatYouHear(visit) ?? ''}></ubizo-notice>`
            : nothing
        }
        ${this.problemNotice()} ${shut ? nothing : this.choices()}
      </div>
      <div class="foot">
        <p class="by-ai">${!shut && madeByAi(visit) ? msg('Voice made by AI') : nothing}</p>
        ${
          shut
            ? html`<button class="listen" type="button" @click=${() => this.visit.leave()}>
                ${actionWords('other-code')}
              </button>`
            : html`<button class="main listen" type="button" @click=${this.listen}>
                ${listenIcon}${msg('Listen')}
              </button>`
        }
      </div>
    `;
  }

  private choices() {
    const { visit } = this;
    return html`
      <section aria-labelledby="choose">
        <h2 id="choose">${msg('Your language')}</h2>
        <ubizo-language-list
          .tour=${visit.tour}
          .language=${visit.language}
          .first=${visit.proposed}
          @language-choice=${this.chosen}
        ></ubizo-language-list>
      </section>
      <ubizo-who-comes
        .name=${visit.name}
        .entryCode=${visit.entryCode}
        ?asked=${visit.entryCodeAsked}
        ?wrong=${visit.problem?.code === 'wrong_entry_code'}
        @keydown=${this.keyed}
      ></ubizo-who-comes>
    `;
  }

  private listeningStage() {
    const { visit } = this;
    const { tour, language } = visit;
    const over = tour?.state === 'ended';
    const level = connectionOf(visit, this.meter.quality);
    return html`
      <header class="strip">
        <h1 dir="auto">${tour?.name}</h1>
        <p class="connection ${level}" role="status" data-testid="connection">
          <span class="dot" aria-hidden="true"></span>${connectionWords(level)}
        </p>
        ${madeByAi(visit) ? html`<p class="by-ai">${msg('Voice made by AI')}</p>` : nothing}
      </header>
      <div class="notices">${this.notices(connectionAdvice(level))}</div>
      <ubizo-caption-stream
        style=${styleMap({ '--caption-size': `${this.textSize.rem}rem` })}
        .lines=${visit.captions}
        .emptyText=${beforeTheFirstWords(visit)}
      ></ubizo-caption-stream>
      <footer>
        <ubizo-listen-bar
          .language=${language}
          ?playing=${visit.listening}
          ?over=${over}
          .canGrow=${this.textSize.canChange(1)}
          .canShrink=${this.textSize.canChange(-1)}
          @open-languages=${() => this.languages?.open()}
          @text-size=${this.resized}
          @listen=${this.listen}
          @stop=${() => visit.stop()}
        ></ubizo-listen-bar>
      </footer>
      <ubizo-sheet .heading=${msg('Your language')}>
        <ubizo-language-list
          .tour=${tour}
          .language=${language}
          .first=${visit.proposed}
          @language-choice=${this.chosen}
        ></ubizo-language-list>
      </ubizo-sheet>
    `;
  }

  private notices(advice: string | undefined) {
    const { visit, sound } = this;
    const words = whatYouHear(visit);
    if (visit.problem) return this.problemNotice();
    if (visit.tour?.state === 'ended') {
      return html`<ubizo-notice
        .text=${words ?? ''}
        .action=${actionWords('other-code')}
        @notice-action=${() => visit.leave()}
      ></ubizo-notice>`;
    }
    if (sound.held) {
      return html`<ubizo-notice
        tone="warn"
        .text=${msg('Your phone holds the sound back.')}
        .action=${msg('Play')}
        @notice-action=${() => sound.resume()}
      ></ubizo-notice>`;
    }
    if (advice) return html`<ubizo-notice tone="warn" .text=${advice}></ubizo-notice>`;
    return words ? html`<ubizo-notice .text=${words}></ubizo-notice>` : nothing;
  }

  private problemNotice() {
    const { problem } = this.visit;
    if (!problem) return nothing;
    const { sentence, action } = problemWords(problem);
    return html`<ubizo-notice
      tone="bad"
      .text=${sentence}
      .action=${actionWords(action)}
      @notice-action=${() => this.mend(action)}
    ></ubizo-notice>`;
  }

  private mend(action: ProblemAction): void {
    if (action === 'none') return;
    if (action === 'other-code') this.visit.leave();
    else if (this.visit.stage === 'listening') this.listen();
    else void this.visit.arrive();
  }

  private readonly listen = (): void => {
    const whoComes = this.renderRoot.querySelector('ubizo-who-comes');
    if (whoComes) {
      if (this.visit.entryCodeAsked && whoComes.value.entryCode === '') return whoComes.focus();
      this.visit.introduce(whoComes.value);
    }
    this.awake.hold();
    if (this.sound.held) this.sound.resume();
    this.visit.listen();
  };

  private keyed(event: KeyboardEvent): void {
    if (event.key === 'Enter') this.listen();
  }

  private chosen(event: CustomEvent<string>): void {
    this.visit.choose(event.detail);
    this.languages?.close();
    // A phone whose own language the page does not speak: the chosen one may be nearer to its owner.
    if (bestLocale(navigator.languages) === undefined) void speak([event.detail]);
  }

  private resized(event: CustomEvent<1 | -1>): void {
    this.textSize.change(event.detail);
    this.requestUpdate();
  }

  private get languages() {
    return this.renderRoot.querySelector('ubizo-sheet');
  }
}

/** Nobody is to take a machine's voice for a person's. */
function madeByAi({ tour, language, channel }: Visit): boolean {
  const heard = channel?.state ?? 'live';
  return language !== tour?.floorLanguage && (heard === 'live' || heard === 'silent');
}

declare global {
  interface HTMLElementTagNameMap {
    'ubizo-visitor-page': VisitorPage;
  }
}
