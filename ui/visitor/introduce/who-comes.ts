import { localized, msg } from '@lit/localize';
import { css, html, LitElement, nothing } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { normaliseCode } from '../../../appliance/protocol/codes.ts';
import { tidyName } from '../../../appliance/protocol/text.ts';
import { base, fields } from '../../style/base.ts';

/** What a visitor says of themselves: a name, if they like, and the entry code where the guide asks for one. */
@localized()
@customElement('ubizo-who-comes')
export class WhoComes extends LitElement {
  static override styles = [
    base,
    fields,
    css`
      :host,
      div {
        display: grid;
        gap: var(--gap-2);
      }
      :host {
        gap: var(--gap-4);
      }
      /* Not under the bar with the button. */
      input {
        scroll-margin-block-end: 10rem;
      }
      .code {
        font: 600 1.25rem/1.2 var(--font-mono);
        text-transform: uppercase;
      }
    `,
  ];

  @property() name = '';
  @property() entryCode = '';
  @property({ type: Boolean }) asked = false;
  @property({ type: Boolean }) wrong = false;

  /** As it is typed now, in the form in which it is kept and sent. */
  get value(): { name: string; entryCode: string } {
    const typed = (id: string): string | undefined =>
      this.renderRoot.querySelector<HTMLInputElement>(`#${id}`)?.value;
    return {
      name: tidyName(typed('name') ?? this.name),
      entryCode: normaliseCode(typed('entry-code') ?? this.entryCode),
    };
  }

  override focus(): void {
    this.renderRoot.querySelector<HTMLElement>(this.asked ? '#entry-code' : '#name')?.focus();
  }

  override updated(changed: Map<PropertyKey, unknown>): void {
    if (changed.has('asked') && this.asked) this.focus();
  }

  override render() {
    return html`
      ${
        this.asked
          ? html`<div>
              <label for="entry-code">${msg('Entry code')}</label>
              <input
                id="entry-code"
                class="code"
                dir="auto"
                autocomplete="off"
                autocapitalize="characters"
                spellcheck="false"
                aria-describedby="entry-hint"
                aria-invalid=${this.wrong ? 'true' : 'false'}
                .value=${this.entryCode}
              />
              <p id="entry-hint" class="soft small">${msg('Your guide tells it to you.')}</p>
            </div>`
          : nothing
      }
      <div>
        <label for="name">${msg('Your name (if you like)')}</label>
        <input id="name" dir="auto" maxlength="60" autocomplete="given-name" .value=${this.name} />
      </div>
    `;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'ubizo-who-comes': WhoComes;
  }
}
