import { localized, msg } from '@lit/localize';
import { html, LitElement, nothing } from 'lit';
import { state } from 'lit/decorators.js';
import type { EntranceView, KeyTrial } from '../../appliance/protocol/accounts.ts';
import type { BoxView } from '../../appliance/protocol/views.ts';
import '../elements/notice.ts';
import { box } from '../link/api/box.ts';
import { entrance, signIn } from '../link/api/entrance.ts';
import { onceReachable } from '../link/once-reachable.ts';
import { asLinkError, type LinkError } from '../link/problem.ts';
import { remember } from '../visitor/memory.ts';
import './account/own-account.ts';
import './accounts/account-list.ts';
import './box/box-state.ts';
import './desk/tour-desk.ts';
import './device/device-settings.ts';
import './entrance/claim-wizard.ts';
import './entrance/next-steps.ts';
import './entrance/secure-first.ts';
import './entrance/setup-code-form.ts';
import './entrance/sign-in-form.ts';
import './entrance/waiting-card.ts';
import { guideStyles } from './guide-styles.ts';
import { guideProblemWords } from './problem-words.ts';
import { outWords, type PutOut } from './out-words.ts';
import './site-menu.ts';
import './tours/new-tour.ts';
import './tours/tour-list.ts';

/** An owner sees soon that somebody waits, on whatever page they are. */
const LOOK_EVERY_MS = 10_000;

/**
 * The page of guides and the owner. `#` shows the tours, `#new` the form for one, `#ID` the desk of one; `#accounts`,
 * `#device`, `#box` and `#account` what they say, `#claim` makes the box somebody's and `#next` says what then.
 * `#setup=TICKET` is where the setup goes on that began over HTTP.
 */
@localized()
export class GuidePage extends LitElement {
  static override styles = guideStyles;

  @state() private entrance: EntranceView | undefined;
  @state() private place = location.hash.slice(1);
  @state() private box: BoxView | undefined;
  @state() private problem: LinkError | undefined;
  private stopWaiting: (() => void) | undefined;
  /** Why one is asked to sign in again. */
  @state() private why = '';
  /** What came of the key that the box was claimed with. */
  @state() private keyTrial: KeyTrial | undefined;
  /** The new box is used over plain HTTP for now. */
  @state() private secureLater = false;
  private looking: ReturnType<typeof setInterval> | undefined;

  override connectedCallback(): void {
    super.connectedCallback();
    document.title = msg('Guide · Ubizo');
    window.addEventListener('hashchange', this.moved);
    this.looking = setInterval(() => void this.lookForWaiting(), LOOK_EVERY_MS);
    void this.begin();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    window.removeEventListener('hashchange', this.moved);
    clearInterval(this.looking);
    this.stopWaiting?.();
  }

  override render() {
    return html`
      <main
        @sign-in-needed=${this.putOut}
        @accounts-changed=${() => void this.lookForWaiting()}
        @entered=${this.entered}
        @claim-wanted=${this.claimWanted}
        @claim-later=${() => (location.hash = '')}
        @secure-later=${() => (this.secureLater = true)}
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
    const { signedIn } = entrance;
    if (!signedIn) return this.wayIn(entrance);
    if (!entrance.claimed && place === 'claim')
      return html`<ubizo-claim-wizard .entrance=${entrance}></ubizo-claim-wizard>`;
    if (signedIn.role === 'attendee' || place === 'account') return this.withMenu(entrance, 'account');
    if (['', 'new', 'accounts', 'device', 'box', 'claim', 'next'].includes(place))
      return this.withMenu(entrance, place);
    return html`<ubizo-tour-desk .tourId=${place}></ubizo-tour-desk>`;
  }

  private wayIn(entrance: EntranceView) {
    const { claimed, passwordsHere, secureUrl = '', waits } = entrance;
    if (waits) return html`<ubizo-waiting-card></ubizo-waiting-card>`;
    if (claimed)
      return html`<ubizo-sign-in-form .entrance=${entrance} .why=${this.why}></ubizo-sign-in-form>`;
    return passwordsHere || secureUrl === '' || this.secureLater
      ? html`<ubizo-setup-code-form></ubizo-setup-code-form>`
      : html`<ubizo-secure-first .url=${secureUrl}></ubizo-secure-first>`;
  }

  private withMenu(entrance: EntranceView, place: string) {
    return html`
      <div class="narrow">
        <ubizo-site-menu
          .who=${entrance.signedIn?.role ?? 'guide'}
          .box=${entrance.name}
          .waiting=${entrance.signedIn?.waiting ?? 0}
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
        return html`<ubizo-account-list
          .self=${account?.id ?? ''}
          .waiting=${entrance.signedIn?.waiting ?? 0}
        ></ubizo-account-list>`;
      case 'box':
        return html`<ubizo-box-state ?owner=${entrance.signedIn?.role === 'owner'}></ubizo-box-state>`;
      case 'next':
        return html`<ubizo-next-steps .keyTrial=${this.keyTrial}></ubizo-next-steps>`;
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

  private readonly claimWanted = (): void => {
    location.hash = 'claim';
  };

  /** Signed out, locked or deleted, perhaps in mid-tour. */
  private readonly putOut = (event: CustomEvent<PutOut | null>): void => {
    this.why = event.detail ? outWords(event.detail) : '';
    void this.arrive();
  };

  private readonly entered = (event: CustomEvent<EntranceView>): void => {
    if (event.detail.claimed && this.place === 'claim') location.hash = 'next';
    this.why = '';
    this.keyTrial = event.detail.keyTrial;
    this.welcome(event.detail);
  };

  /** A ticket is good once: it is out of the address before anything else. */
  private async begin(): Promise<void> {
    const [, ticket] = /^setup=([\w-]+)$/u.exec(this.place) ?? [];
    if (ticket === undefined) return this.arrive();
    history.replaceState(null, '', '#claim');
    this.place = 'claim';
    try {
      this.welcome(await signIn({ ticket }));
    } catch {
      // Used before, or too old: the setup code is asked for.
      await this.arrive();
    }
  }

  private async lookForWaiting(): Promise<void> {
    if (this.entrance?.signedIn?.role !== 'owner' || document.hidden) return;
    try {
      const view = await entrance();
      if (view.signedIn) this.entrance = view;
    } catch {
      // The next look tells.
    }
  }

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
