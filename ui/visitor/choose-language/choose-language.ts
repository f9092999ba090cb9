import { localized, msg } from '@lit/localize';
import { html, LitElement, nothing } from 'lit';
import { customElement, property, query } from 'lit/decorators.js';
import type { TourView } from '../../../appliance/protocol/views.ts';
import { listenIcon, readIcon } from '../../elements/icons.ts';
import type { LinkError } from '../../link/problem.ts';
import { base, buttons } from '../../style/base.ts';
import { entranceStyles } from '../entrance-styles.ts';
import type { Who } from '../introduce/introduction.ts';
import '../introduce/who-comes.ts';
import type { WhoComes } from '../introduce/who-comes.ts';
import { madeByAi, takenAwayWords, whatYouHear } from '../listen/what-you-hear.ts';
import '../page-language/page-language.ts';
import { mending, problemNotice } from '../problem-notice.ts';
import { actionWords } from '../problem-words.ts';
import { chooseLanguageStyles } from './choose-language-styles.ts';
import './language-list.ts';

/**
 * The entrance of a tour: its languages, who comes, and the buttons that begin. Fires `language-choice`, `listen` and
 * `read` with {@link Who}, and `mend`.
 */
@localized()
@customElement('ubizo-choose-language')
export class ChooseLanguage extends LitElement {
  static override styles = [base, buttons, entranceStyles, chooseLanguageStyles];

  @property({ attribute: false }) tour: TourView | undefined;
  /** What its owner calls the box. */
  @property() box = '';
  /** They may want another tour than the one that was found for them. */
  @property({ type: Boolean }) elsewhere = false;
  /** A language that they had chosen and the guide has taken off the tour; '' for none. */
  @property() takenAway = '';
  @property() language = '';
  /** The language to begin with. */
  @property() first = '';
  @property() name = '';
  @property() entryCode = '';
  /** The guide wants an entry code. */
  @property({ type: Boolean }) asked = false;
  @property({ attribute: false }) problem: LinkError | undefined;
  @query('ubizo-who-comes') private readonly whoComes!: WhoComes;

  override render() {
    const { tour, problem } = this;
    const shut = tour?.state === 'ended' || problem?.code === 'attendee_removed';
    return html`
      <div class="column">
        <header>
          <ubizo-page-language></ubizo-page-language>
          ${this.box === '' ? nothing : html`<p class="box"><bdi>${this.box}</bdi></p>`}
          <h1><bdi>${tour?.name}</bdi></h1>
          ${tour?.state === 'live' ? html`<p class="live">${msg('Live now')}</p>` : nothing}
        </header>
        ${
          tour && tour.state !== 'live'
            ? html`<ubizo-notice .text=${whatYouHear(this) ?? ''}></ubizo-notice>`
            : nothing
        }
        ${
          this.takenAway && !shut
            ? html`<ubizo-notice .text=${takenAwayWords(this.takenAway, this)}></ubizo-notice>`
            : nothing
        }
        ${problemNotice(problem)} ${shut ? nothing : this.choices()}
        ${
          this.elsewhere && !shut
            ? html`<button class="plain" type="button" @click=${mending('other-code')}>
                ${actionWords('other-code')}
              </button>`
            : nothing
        }
      </div>
      <div class="foot">
        <p class="by-ai">${!shut && madeByAi(this) ? msg('Voice made by AI') : nothing}</p>
        ${
          shut
            ? html`<button class="listen" type="button" @click=${mending('other-code')}>
                ${actionWords('other-code')}
              </button>`
            : html`<button class="main listen" type="button" @click=${() => this.begin('listen')}>
                  ${listenIcon}${msg('Listen')}
                </button>
                <button class="read" type="button" @click=${() => this.begin('read')}>
                  ${readIcon}${msg('Read only')}
                </button>`
        }
      </div>
    `;
  }

  /** With what is typed into: it may be filled in from elsewhere. */
  protected override async getUpdateComplete(): Promise<boolean> {
    const complete = await super.getUpdateComplete();
    await this.renderRoot.querySelector('ubizo-who-comes')?.updateComplete;
    return complete;
  }

  private choices() {
    return html`
      <section aria-labelledby="choose">
        <h2 id="choose">${msg('Your language')}</h2>
        <ubizo-language-list
          .tour=${this.tour}
          .language=${this.language}
          .first=${this.first}
        ></ubizo-language-list>
      </section>
      <ubizo-who-comes
        .name=${this.name}
        .entryCode=${this.entryCode}
        ?asked=${this.asked}
        ?wrong=${this.problem?.code === 'wrong_entry_code'}
        @keydown=${this.keyed}
      ></ubizo-who-comes>
    `;
  }

  private keyed(event: KeyboardEvent): void {
    if (event.key === 'Enter') this.begin('listen');
  }

  private begin(how: 'listen' | 'read'): void {
    const who: Who = this.whoComes.value;
    if (this.asked && who.entryCode === '') this.whoComes.focus();
    else this.dispatchEvent(new CustomEvent(how, { detail: who, bubbles: true, composed: true }));
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'ubizo-choose-language': ChooseLanguage;
  }
}
