import { localized, msg } from '@lit/localize';
import { html, LitElement, nothing } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import type { BoxUse } from '../../../../appliance/protocol/box-state.ts';
import { base } from '../../../style/base.ts';
import { boxStyles } from '../../box/box-styles.ts';
import { listenersFact, outsideFacts } from '../../box/use-words.ts';
import { panel } from '../../panel.ts';

/** How much of the box all tours use, and which of the things outside it does without. */
@localized()
@customElement('ubizo-use-panel')
export class UsePanel extends LitElement {
  static override styles = [base, panel, boxStyles];

  @property({ attribute: false }) use: BoxUse | undefined;

  override render() {
    const { use } = this;
    if (!use) return nothing;
    return html`
      <section class="panel" aria-labelledby="heading">
        <h2 id="heading">${msg('The whole box')}</h2>
        <dl>
          ${[listenersFact(use), ...outsideFacts(use)].map(
            ({ name, value, wrong }) =>
              html`<div>
                <dt>${name}</dt>
                <dd>${value}</dd>
                ${wrong === undefined ? nothing : html`<dd class="advice">${wrong}</dd>`}
              </div>`,
          )}
        </dl>
      </section>
    `;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'ubizo-use-panel': UsePanel;
  }
}
