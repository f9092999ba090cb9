import { localized, msg } from '@lit/localize';
import { html, LitElement, nothing } from 'lit';
import { state } from 'lit/decorators.js';
import type { EntranceView } from '../../appliance/protocol/accounts.ts';
import type { BoxView } from '../../appliance/protocol/views.ts';
import '../elements/notice.ts';
import { box } from '../link/api/box.ts';
import { entrance } from '../link/api/entrance.ts';
import { onceReachable } from '../link/once-reachable.ts';
import { asLinkError, type LinkError } from '../link/problem.ts';
import { remember } from '../visitor/memory.ts';
import './account/own-account.ts';
import './accounts/account-list.ts';
import './box/box-state.ts';
import './desk/tour-desk.ts';
import './device/device-settings.ts';
import './entrance/claim-wizard.ts';
import './entrance/setup-code-form.ts';
import './entrance/sign-in-form.ts';
import { guideStyles } from './guide-styles.ts';
import { guideProblemWords } from './problem-words.ts';
import './site-menu.ts';
import './tours/new-tour.ts';
import './tours/tour-list.ts';

/**
 * The page of guides and the owner. `#` shows the tours, `#new` the form for one, `#ID` the desk of one; `#accounts`,
 * `#device`, `#box` and `#account` what they say, and `#claim` makes the box somebody's.
 */
@localized()
export class GuidePage extends LitElement {
  static override styles = guideStyles;

  @state() private entrance: EntranceView | undefined;
  @state() private place = location.hash.slice(1);
  @state() private box: BoxView | undefined;
  @state() private problem: LinkError | undefined;
  private stopWaiting: (() => void) | undefined;
  /** Typed a moment ago, so that the claim need not ask again. */
  private setupCode = '';

  override connectedCallback(): void {
    super.connectedCallback();
    document.title = msg('Guide · Ubizo');
    window.addEventListener('hashchange', this.moved);
    void this.arrive();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    window.removeEventListener('hashchange', this.moved);
    this.stopWaiting?.();
  }

  override render() {
    return html`
      <main
        @sign-in-needed=${() => void this.arrive()}
        @entered=${this.entered}
        @claim-wanted=${this.claimWanted}
        @claim-later=${() => (location.hash = '')}
      >
        ${
          this.problem
            ? html`<ubizo-notice
                tone="bad"
                .text=${guideProblemWords(this.problem)}
                .action=${msg('Try again')}
                @notice-action=${() => void this.arrive()}
              ></ubizo-notice>`
            : nothing
        }
        ${this.view()}
      </main>
    `;
  }

  private view() {
    const { entrance, place } = this;
    if (!entrance) {
      return this.problem ? nothing : html`<p class="soft asking">${msg('Asking the box…')}</p>`;
    }
    if (!entrance.claimed && place === 'claim') {
      return html`<ubizo-claim-wizard
        .entrance=${entrance}
        .setupCode=${this.setupCode}
      ></ubizo-claim-wizard>`;
    }
    const { signedIn } = entrance;
    if (!signedIn) {
      return entrance.claimed
        ? html`<ubizo-sign-in-form .entrance=${entrance}></ubizo-sign-in-form>`
        : html`<ubizo-setup-code-form></ubizo-setup-code-form>`;
    }
    if (signedIn.role === 'attendee' || place === 'account') return this.withMenu(entrance, 'account');
    if (['', 'new', 'accounts', 'device', 'box', 'claim'].includes(place))
      return this.withMenu(entrance, place);
    return html`<ubizo-tour-desk .tourId=${place}></ubizo-tour-desk>`;
  }

  private withMenu(entrance: EntranceView, place: string) {
    return html`
      <div class="narrow">
        <ubizo-site-menu
          .who=${entrance.signedIn?.role ?? 'guide'}
          ?claimed=${entrance.claimed}
          .place=${place}
        >
        </ubizo-site-menu>
        ${
          entrance.claimed || place === 'new'
            ? nothing
            : html`<ubizo-notice
                .text=${msg('This box has no owner yet: whoever has its setup code can use it.')}
                .action=${msg('Make it mine')}
                @notice-action=${() => (location.hash = 'claim')}
              ></ubizo-notice>`
        }
        ${this.chapter(entrance, place)}
      </div>
    `;
  }

  private chapter(entrance: EntranceView, place: string) {
    const account = entrance.signedIn?.account;
    switch (place) {
      case 'new':
        return html`<ubizo-new-tour .box=${this.box}></ubizo-new-tour>`;
      case 'account':
        return html`<ubizo-own-account .account=${account}></ubizo-own-account>`;
      case 'accounts':
        return html`<ubizo-account-list .self=${account?.id ?? ''}></ubizo-account-list>`;
      case 'box':
        return html`<ubizo-box-state ?owner=${entrance.signedIn?.role === 'owner'}></ubizo-box-state>`;
      case 'device':
        return html`<ubizo-device-settings></ubizo-device-settings>`;
      default:
        return html`<ubizo-tour-list .box=${this.box}></ubizo-tour-list>`;
    }
  }

  private readonly moved = (): void => {
    this.place = location.hash.slice(1);
    window.scrollTo(0, 0);
  };

  private readonly claimWanted = (event: CustomEvent<string>): void => {
    this.setupCode = event.detail;
    location.hash = 'claim';
  };

  private readonly entered = (event: CustomEvent<EntranceView>): void => {
    if (event.detail.claimed && this.place === 'claim') location.hash = '';
    this.welcome(event.detail);
  };

  private async arrive(): Promise<void> {
    this.stopWaiting?.();
    this.problem = undefined;
    try {
      this.welcome(await entrance());
    } catch (error) {
      this.problem = asLinkError(error);
      if (this.problem.code === 'box_unreachable') this.stopWaiting = onceReachable(() => void this.arrive());
    }
  }

  private welcome(view: EntranceView): void {
    this.entrance = view;
    this.problem = undefined;
    if (view.claimed) this.setupCode = '';
    const account = view.signedIn?.account;
    if (account?.role === 'attendee') {
      // The visitor's page asks nobody: it goes by what this phone remembers.
      if (account.name) remember('name', account.name);
      if (account.language) remember('language', account.language);
    }
    if (view.signedIn && view.signedIn.role !== 'attendee') void this.loadBox();
  }

  private async loadBox(): Promise<void> {
    try {
      this.box = await box();
    } catch {
      // The forms work without it: they then warn of nothing.
    }
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'ubizo-guide-page': GuidePage;
  }
}
