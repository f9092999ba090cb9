import { localized, msg } from '@lit/localize';
import { css, html, LitElement } from 'lit';
import { customElement, property, query } from 'lit/decorators.js';
import { base, buttons } from '../style/base.ts';
import { closeIcon } from './icons.ts';

/**
 * A modal `<dialog>` with a heading and a way out: a sheet from below on a phone, a card in the middle elsewhere.
 * Escape and a tap beside it close it too. Fires `sheet-closed`.
 */
@localized()
@customElement('ubizo-sheet')
export class Sheet extends LitElement {
  static override styles = [
    base,
    buttons,
    css`
      :host {
        display: contents;
      }
      dialog {
        inline-size: min(100%, 34rem);
        max-inline-size: 100%;
        max-block-size: min(86dvh, 46rem);
        margin: auto auto 0;
        padding: 0;
        border: 1px solid var(--line);
        border-block-end: 0;
        border-radius: var(--radius) var(--radius) 0 0;
        background: var(--ground);
        color: var(--ink);
        box-shadow: 0 -8px 40px rgb(0 0 0 / 24%);
      }
      dialog::backdrop {
        background: rgb(8 12 11 / 55%);
      }
      .inside {
        padding: var(--gap-4);
        padding-block-end: calc(var(--gap-4) + env(safe-area-inset-bottom));
      }
      .top {
        display: flex;
        align-items: center;
        justify-content: space-between;
        flex-wrap: wrap;
        gap: 0 var(--gap-3);
        margin-block-end: var(--gap-3);
      }
      .top h2 {
        flex: 1 1 8rem;
      }
      .top button {
        flex: none;
      }
      @media (min-width: 640px) {
        dialog {
          margin: auto;
          border-block-end: 1px solid var(--line);
          border-radius: var(--radius);
        }
        .inside {
          padding: var(--gap-5);
        }
      }
    `,
  ];

  @property() heading = '';
  @query('dialog') private readonly dialog!: HTMLDialogElement;

  override render() {
    return html`
      <dialog aria-labelledby="heading" @click=${this.clicked} @close=${this.closed}>
        <div class="inside">
          <div class="top">
            <h2 id="heading">${this.heading}</h2>
            <button class="plain" type="button" @click=${this.close}>${closeIcon}${msg('Close')}</button>
          </div>
          <slot></slot>
        </div>
      </dialog>
    `;
  }

  open(): void {
    if (!this.dialog.open) this.dialog.showModal();
  }

  close(): void {
    this.dialog.close();
  }

  private closed(): void {
    this.dispatchEvent(new CustomEvent('sheet-closed'));
  }

  private clicked(event: MouseEvent): void {
    // Only the backdrop is the dialog itself; everything inside is covered by its content.
    if (event.composedPath()[0] === this.dialog) this.close();
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'ubizo-sheet': Sheet;
  }
}
