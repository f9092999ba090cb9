import { localized, msg, str } from '@lit/localize';
import { css, html, LitElement, type PropertyValues } from 'lit';
import { customElement, property, query } from 'lit/decorators.js';
import type { DeskCall } from '../../../../appliance/protocol/talk.ts';
import '../../../elements/sheet.ts';
import type { Sheet } from '../../../elements/sheet.ts';
import { base, buttons } from '../../../style/base.ts';
import { nameWords } from '../questions/question-words.ts';

/** How a call is taken, while there is one to take. Fires `call-taken` with whether the tour goes on hearing the guide, or `call-left`. */
@localized()
@customElement('ubizo-take-sheet')
export class TakeSheet extends LitElement {
  static override styles = [
    base,
    buttons,
    css`
      :host {
        display: contents;
      }
      .stack {
        display: grid;
        gap: var(--gap-3);
      }
    `,
  ];

  @property({ attribute: false }) call: DeskCall | undefined;
  @query('ubizo-sheet') private readonly sheet!: Sheet;

  override render() {
    const name = this.call ? nameWords(this.call) : '';
    return html`
      <ubizo-sheet .heading=${msg(str`Talk with ${name}`)} @sheet-closed=${() => this.tell('call-left')}>
        <div class="stack">
          <p>${msg('Nobody else hears the two of you, for five minutes at most. Put your earphone in.')}</p>
          <button class="main wide" type="button" @click=${() => this.take('muted')}>
            ${msg('Mute the tour meanwhile')}
          </button>
          <button class="wide" type="button" @click=${() => this.take('goes-on')}>
            ${msg('The tour hears me too')}
          </button>
        </div>
      </ubizo-sheet>
    `;
  }

  override updated(changed: PropertyValues<this>): void {
    if (!changed.has('call')) return;
    if (this.call) this.sheet.open();
    else if (changed.get('call')) this.sheet.close();
  }

  private take(floor: 'muted' | 'goes-on'): void {
    this.tell('call-taken', floor);
    this.sheet.close();
  }

  private tell(type: string, detail?: 'muted' | 'goes-on'): void {
    this.dispatchEvent(new CustomEvent(type, { detail, bubbles: true, composed: true }));
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'ubizo-take-sheet': TakeSheet;
  }
}
