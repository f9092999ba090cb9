import { localized, msg } from '@lit/localize';
import { css, html, LitElement, nothing } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import type { RecoveryCause } from '../../../appliance/protocol/recovery.ts';
import type { TourView } from '../../../appliance/protocol/views.ts';
import '../../elements/notice.ts';
import type { LinkError } from '../../link/problem.ts';
import { base } from '../../style/base.ts';
import { mending, problemNotice } from '../problem-notice.ts';
import { actionWords } from '../problem-words.ts';
import { connectionAdvice, type ConnectionLevel } from './connection.ts';
import { causeWords } from './recovery/cause-words.ts';
import { takenAwayWords, whatYouHear } from './what-you-hear.ts';

/** The one thing that a listener needs to know now, if any. Fires `mend`, and `sound-resume` inside a gesture. */
@localized()
@customElement('ubizo-listen-notices')
export class ListenNotices extends LitElement {
  static override styles = [
    base,
    css`
      ubizo-notice {
        margin-block-start: var(--gap-3);
      }
    `,
  ];

  @property({ attribute: false }) tour: TourView | undefined;
  @property() language = '';
  @property() connection: ConnectionLevel = 'off';
  /** Why there is no sound, while there is none. */
  @property() cause: RecoveryCause | undefined;
  /** A language that was heard here and that the guide has taken off the tour; '' for none. */
  @property() takenAway = '';
  @property({ attribute: false }) problem: LinkError | undefined;
  /** The tour is read and not heard. */
  @property({ type: Boolean }) reading = false;
  /** The phone holds the sound back. */
  @property({ type: Boolean }) held = false;

  override render() {
    const words = whatYouHear(this);
    if (this.problem) return problemNotice(this.problem);
    if (this.tour?.state === 'ended') {
      return html`<ubizo-notice
        .text=${words ?? ''}
        .action=${actionWords('other-code')}
        @notice-action=${mending('other-code')}
      ></ubizo-notice>`;
    }
    if (this.held) {
      return html`<ubizo-notice
        tone="warn"
        .text=${msg('Your phone holds the sound back.')}
        .action=${msg('Play')}
        @notice-action=${this.resume}
      ></ubizo-notice>`;
    }
    const why = this.connection === 'lost' ? causeWords(this.cause) : undefined;
    const advice = why ?? connectionAdvice(this.connection);
    if (advice) return html`<ubizo-notice tone="warn" .text=${advice}></ubizo-notice>`;
    if (this.takenAway)
      return html`<ubizo-notice .text=${takenAwayWords(this.takenAway, this)}></ubizo-notice>`;
    return words ? html`<ubizo-notice .text=${words}></ubizo-notice>` : nothing;
  }

  private resume(): void {
    this.dispatchEvent(new CustomEvent('sound-resume', { bubbles: true, composed: true }));
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'ubizo-listen-notices': ListenNotices;
  }
}
