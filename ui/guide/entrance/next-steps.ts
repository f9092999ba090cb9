import { localized, msg } from '@lit/localize';
import { css, html, LitElement, nothing } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import type { KeyTrial } from '../../../appliance/protocol/accounts.ts';
import '../../elements/notice.ts';
import { base, buttons } from '../../style/base.ts';
import { trialWords } from '../device/key-words.ts';
import { panel } from '../panel.ts';

/** What an owner does next, once the box is theirs. */
@localized()
@customElement('ubizo-next-steps')
export class NextSteps extends LitElement {
  static override styles = [
    base,
    buttons,
    panel,
    css`
      ol {
        display: grid;
        gap: var(--gap-4);
      }
      a {
        display: inline-flex;
        align-items: center;
        min-block-size: var(--target);
        font-weight: 600;
      }
      .address {
        font-weight: 650;
        overflow-wrap: anywhere;
      }
    `,
  ];

  /** What came of the key that was given on the way. */
  @property({ attribute: false }) keyTrial: KeyTrial | undefined;

  override render() {
    const { keyTrial } = this;
    return html`
      <section class="panel" aria-labelledby="heading">
        <h1 id="heading">${msg('The box is yours. What next?')}</h1>
        ${
          keyTrial
            ? html`<ubizo-notice
                tone=${keyTrial.kind === 'accepted' && !keyTrial.problem ? 'calm' : 'warn'}
                .text=${trialWords(keyTrial)}
              ></ubizo-notice>`
            : nothing
        }
        <ol>
          <li>
            <h2>${msg('Test the microphone')}</h2>
            <p>
              ${msg('Make a tour. On its desk you choose the microphone and see how loud you are; nobody hears you before you press Start.')}
            </p>
            <a href="#new">${msg('Make the first tour')}</a>
          </li>
          <li>
            <h2>${msg('Rehearse')}</h2>
            <p>
              ${msg('On the desk, choose the recording as the microphone, start, and listen on your own phone as a visitor does.')}
            </p>
          </li>
          <li>
            <h2>${msg('Invite guides')}</h2>
            <p>
              ${msg('They open this address in the Wi-Fi of the box and make an account; you approve it under Accounts.')}
            </p>
            <p class="address"><bdi dir="ltr">${location.host}/guide</bdi></p>
            <a href="#accounts">${msg('Accounts')}</a>
          </li>
        </ol>
      </section>
    `;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'ubizo-next-steps': NextSteps;
  }
}
