import { localized, msg } from '@lit/localize';
import { html, LitElement, nothing } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import type { NewTour } from '../../../appliance/protocol/requests.ts';
import type { BoxView } from '../../../appliance/protocol/views.ts';
import '../../elements/notice.ts';
import { createTour } from '../../link/api/tours.ts';
import { base } from '../../style/base.ts';
import { Attempt } from '../attempt.ts';
import { panel } from '../panel.ts';
import { guideProblemWords } from '../problem-words.ts';
import './tour-form.ts';

/** Makes a tour and goes to its desk. */
@localized()
@customElement('ubizo-new-tour')
export class NewTourPanel extends LitElement {
  static override styles = [base, panel];

  @property({ attribute: false }) box: BoxView | undefined;
  private readonly attempt = new Attempt(this);

  override render() {
    const { busy, problem } = this.attempt;
    return html`
      <section class="panel">
        <h1>${msg('New tour')}</h1>
        ${problem ? html`<ubizo-notice tone="bad" .text=${guideProblemWords(problem)}></ubizo-notice>` : nothing}
        <ubizo-tour-form
          .box=${this.box}
          ?busy=${busy}
          @tour-form=${this.create}
          @tour-cancel=${() => (location.hash = '')}
        ></ubizo-tour-form>
      </section>
    `;
  }

  private async create(event: CustomEvent<NewTour>): Promise<void> {
    await this.attempt.run(async () => {
      const { id } = await createTour(event.detail);
      location.hash = id;
    });
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'ubizo-new-tour': NewTourPanel;
  }
}
