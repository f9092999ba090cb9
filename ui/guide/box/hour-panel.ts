import { localized, msg } from '@lit/localize';
import { html, LitElement, nothing } from 'lit';
import { customElement, state } from 'lit/decorators.js';
import type { LastHourView } from '../../../appliance/protocol/last-hour.ts';
import '../../elements/notice.ts';
import { lastHour } from '../../link/api/box-state.ts';
import { base } from '../../style/base.ts';
import { Attempt } from '../attempt.ts';
import { panel } from '../panel.ts';
import { guideProblemWords } from '../problem-words.ts';
import { boxStyles } from './box-styles.ts';

/** What an owner who looks at it waits for a new point of the curves, ms. */
const LOOK_MS = 10_000;

/** The last hour of the box: closed until it is asked for, because the curves are a program of their own. */
@localized()
@customElement('ubizo-hour-panel')
export class HourPanel extends LitElement {
  static override styles = [base, panel, boxStyles];

  @state() private hour: LastHourView | undefined;
  private readonly attempt = new Attempt(this);
  private timer: ReturnType<typeof setTimeout> | undefined;

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    clearTimeout(this.timer);
  }

  override render() {
    const { problem } = this.attempt;
    return html`
      <section class="panel" aria-labelledby="hour">
        <details @toggle=${this.toggle}>
          <summary>
            <h2 id="hour">${msg('The last hour')}</h2>
            <svg width="20" height="20" viewBox="0 0 20 20" aria-hidden="true">
              <path d="M4 7l6 6 6-6" fill="none" stroke="currentColor" stroke-width="2" />
            </svg>
          </summary>
          ${problem ? html`<ubizo-notice tone="bad" .text=${guideProblemWords(problem)}></ubizo-notice>` : nothing}
          ${this.hour ? html`<ubizo-hour-curves .hour=${this.hour}></ubizo-hour-curves>` : nothing}
        </details>
      </section>
    `;
  }

  private readonly toggle = (event: Event): void => {
    clearTimeout(this.timer);
    if (event.target instanceof HTMLDetailsElement && event.target.open) void this.look();
  };

  private async look(): Promise<void> {
    await this.attempt.run(async () => {
      const [hour] = await Promise.all([lastHour(), import('./hour-curves.ts')]);
      this.hour = hour;
    });
    if (this.isConnected && this.renderRoot.querySelector('details')?.open)
      this.timer = setTimeout(() => void this.look(), LOOK_MS);
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'ubizo-hour-panel': HourPanel;
  }
}
