import { localized, msg } from '@lit/localize';
import { html, LitElement, nothing } from 'lit';
import { state } from 'lit/decorators.js';
import type { NewTour } from '../../appliance/protocol/requests.ts';
import type { BoxView } from '../../appliance/protocol/views.ts';
import { backIcon } from '../elements/icons.ts';
import '../elements/notice.ts';
import { box } from '../link/api/box.ts';
import { isSignedIn, signOut } from '../link/api/session.ts';
import { createTour } from '../link/api/tours.ts';
import { asLinkError, type LinkError } from '../link/problem.ts';
import './desk/tour-desk.ts';
import { guideStyles } from './guide-styles.ts';
import { guideProblemWords } from './problem-words.ts';
import './sign-in/sign-in-form.ts';
import './tours/tour-form.ts';
import './tours/tour-list.ts';

/** The guide's page. `#` shows the tours, `#new` the form for one, `#ID` the desk of one. */
@localized()
export class GuidePage extends LitElement {
  static override styles = guideStyles;

  @state() private signedIn: boolean | undefined;
  @state() private place = location.hash.slice(1);
  @state() private box: BoxView | undefined;
  @state() private problem: LinkError | undefined;
  @state() private busy = false;

  override connectedCallback(): void {
    super.connectedCallback();
    document.title = msg('Guide · Ubizo');
    window.addEventListener('hashchange', this.moved);
    void this.arrive();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    window.removeEventListener('hashchange', this.moved);
  }

  override render() {
    return html`
      <main @sign-in-needed=${() => (this.signedIn = false)}>
        ${
          this.problem
            ? html`<ubizo-notice
                tone="bad"
                .text=${guideProblemWords(this.problem)}
                .action=${this.signedIn === undefined ? msg('Try again') : ''}
                @notice-action=${() => void this.arrive()}
              ></ubizo-notice>`
            : nothing
        }
        ${this.view()}
      </main>
    `;
  }

  private view() {
    if (this.signedIn === undefined) {
      return this.problem ? nothing : html`<p class="soft asking">${msg('Asking the box…')}</p>`;
    }
    if (!this.signedIn) return html`<ubizo-sign-in-form @signed-in=${this.welcome}></ubizo-sign-in-form>`;
    if (this.place === 'new') return this.newTour();
    if (this.place !== '') return html`<ubizo-tour-desk .tourId=${this.place}></ubizo-tour-desk>`;
    return html`
      <div class="narrow">
        <ubizo-tour-list></ubizo-tour-list>
        <p class="foot">
          <button class="plain" type="button" @click=${this.leave}>${msg('Sign out')}</button>
        </p>
      </div>
    `;
  }

  private newTour() {
    return html`
      <div class="narrow">
        <header>
          <button class="plain back" type="button" @click=${() => (location.hash = '')}>
            ${backIcon}${msg('Tours')}
          </button>
        </header>
        <section class="panel">
          <h1>${msg('New tour')}</h1>
          <ubizo-tour-form .box=${this.box} ?busy=${this.busy} @tour-form=${this.create}></ubizo-tour-form>
        </section>
      </div>
    `;
  }

  private readonly moved = (): void => {
    this.place = location.hash.slice(1);
    this.problem = undefined;
    window.scrollTo(0, 0);
  };

  private async arrive(): Promise<void> {
    this.problem = undefined;
    try {
      this.signedIn = await isSignedIn();
      if (this.signedIn) await this.welcome();
    } catch (error) {
      this.problem = asLinkError(error);
    }
  }

  private async welcome(): Promise<void> {
    this.signedIn = true;
    this.problem = undefined;
    try {
      this.box = await box();
    } catch (error) {
      this.meet(error);
    }
  }

  private async create(event: CustomEvent<NewTour>): Promise<void> {
    this.busy = true;
    this.problem = undefined;
    try {
      const { id } = await createTour(event.detail);
      location.hash = id;
    } catch (error) {
      this.meet(error);
    } finally {
      this.busy = false;
    }
  }

  private async leave(): Promise<void> {
    try {
      await signOut();
      this.signedIn = false;
    } catch (error) {
      this.meet(error);
    }
  }

  private meet(error: unknown): void {
    const problem = asLinkError(error);
    if (problem.code === 'not_signed_in') this.signedIn = false;
    else this.problem = problem;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'ubizo-guide-page': GuidePage;
  }
}
