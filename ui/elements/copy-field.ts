import { localized, msg } from '@lit/localize';
import { css, html, LitElement } from 'lit';
import { customElement, property, query, state } from 'lit/decorators.js';
import { base, buttons, fields } from '../style/base.ts';

/** Something to be taken elsewhere: shown, and copied with one tap. */
@localized()
@customElement('ubizo-copy-field')
export class CopyField extends LitElement {
  static override styles = [
    base,
    buttons,
    fields,
    css`
      :host,
      .row {
        display: grid;
        gap: var(--gap-2);
      }
      .row {
        grid-template-columns: minmax(0, 1fr) auto;
      }
      input {
        font-family: ui-monospace, monospace;
      }
    `,
  ];

  @property() label = '';
  @property() value = '';
  @state() private copied = false;
  @query('input') private readonly input!: HTMLInputElement;

  override willUpdate(changed: Map<PropertyKey, unknown>): void {
    if (changed.has('value')) this.copied = false;
  }

  override render() {
    return html`
      <label for="value">${this.label}</label>
      <div class="row">
        <input id="value" readonly dir="ltr" .value=${this.value} @focus=${() => this.input.select()} />
        <button type="button" aria-describedby="said" @click=${this.copy}>${msg('Copy')}</button>
      </div>
      <p id="said" class="soft small" role="status">${this.copied ? msg('Copied.') : ''}</p>
    `;
  }

  private async copy(): Promise<void> {
    this.input.select();
    this.copied = await this.write();
  }

  /** Over plain HTTP a page has no clipboard of its own: the old way copies what is selected, here and there. */
  private async write(): Promise<boolean> {
    // oxlint-disable-next-line typescript/no-deprecated -- the only way over plain HTTP
    if (document.execCommand('copy')) return true;
    if (!window.isSecureContext) return false;
    return navigator.clipboard.writeText(this.value).then(
      () => true,
      () => false,
    );
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'ubizo-copy-field': CopyField;
  }
}
