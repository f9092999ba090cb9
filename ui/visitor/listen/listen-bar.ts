import { localized, msg, str } from '@lit/localize';
import { css, html, LitElement } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { directionOf, languageName } from '../../../appliance/protocol/languages.ts';
import { chevronIcon, listenIcon, readIcon, stopIcon } from '../../elements/icons.ts';
import { base, buttons } from '../../style/base.ts';

/** The bar under the thumb. Fires `open-languages`, `text-size` (1 or -1), `listen`, `read` and `stop`. */
@localized()
@customElement('ubizo-listen-bar')
export class ListenBar extends LitElement {
  static override styles = [
    base,
    buttons,
    css`
      :host {
        container-type: inline-size;
      }
      /* What does not fit goes into a second row: nothing is cut. */
      .bar {
        display: flex;
        flex-wrap: wrap;
        gap: var(--gap-2);
        align-items: stretch;
      }
      button {
        min-block-size: 56px;
        padding-inline: var(--gap-2);
      }
      .language {
        flex: 100 1 auto;
        justify-content: space-between;
        padding-inline: var(--gap-3);
        text-align: start;
      }
      bdi {
        overflow-wrap: anywhere;
      }
      .sizes {
        display: flex;
        flex: 1 0 auto;
      }
      .sizes button {
        flex: 1;
        font-size: 1rem;
      }
      .sizes button:first-child {
        border-start-end-radius: 0;
        border-end-end-radius: 0;
        border-inline-end-width: 0;
      }
      .sizes button:last-child {
        border-start-start-radius: 0;
        border-end-start-radius: 0;
        font-size: 1.375rem;
      }
      .main,
      .read {
        flex: 1 1 auto;
        padding-inline: var(--gap-4);
      }
      @container (max-width: 479px) {
        .main,
        .read {
          flex-direction: column;
          gap: 0;
          line-height: 1.15;
          padding-inline: var(--gap-3);
        }
      }
    `,
  ];

  @property() language = '';
  /** Sound or captions are on. */
  @property({ type: Boolean }) on = false;
  @property({ type: Boolean }) over = false;
  @property({ type: Boolean }) canGrow = true;
  @property({ type: Boolean }) canShrink = true;

  override render() {
    const name = languageName(this.language);
    return html`
      <div class="bar">
        <button
          class="language"
          type="button"
          aria-haspopup="dialog"
          aria-label=${msg(str`Language: ${name}`)}
          ?disabled=${this.over}
          @click=${() => this.fire('open-languages')}
        >
          <bdi lang=${this.language} dir=${directionOf(this.language)}>${name}</bdi>${chevronIcon}
        </button>
        ${this.on ? this.whileOn() : this.whileStopped()}
      </div>
    `;
  }

  private whileOn() {
    return html`
      <div class="sizes" role="group" aria-label=${msg('Text size')}>
        <button type="button" ?disabled=${!this.canShrink} @click=${() => this.fire('text-size', -1)}>
          <span dir="ltr">A−</span><span class="unseen"> ${msg('Smaller text')}</span>
        </button>
        <button type="button" ?disabled=${!this.canGrow} @click=${() => this.fire('text-size', 1)}>
          <span dir="ltr">A+</span><span class="unseen"> ${msg('Larger text')}</span>
        </button>
      </div>
      <button class="main" type="button" @click=${() => this.fire('stop')}>${stopIcon}${msg('Stop')}</button>
    `;
  }

  private whileStopped() {
    return html`
      <button class="read" type="button" ?disabled=${this.over} @click=${() => this.fire('read')}>
        ${readIcon}${msg('Read only')}
      </button>
      <button class="main" type="button" ?disabled=${this.over} @click=${() => this.fire('listen')}>
        ${listenIcon}${msg('Listen')}
      </button>
    `;
  }

  private fire(name: string, detail?: number): void {
    this.dispatchEvent(new CustomEvent(name, { detail, bubbles: true, composed: true }));
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'ubizo-listen-bar': ListenBar;
  }
}
