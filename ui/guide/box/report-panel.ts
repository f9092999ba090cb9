import { localized, msg } from '@lit/localize';
import { css, html, LitElement, nothing } from 'lit';
import { customElement } from 'lit/decorators.js';
import '../../elements/notice.ts';
import { lastHour, REPORT } from '../../link/api/box-state.ts';
import { base } from '../../style/base.ts';
import { Attempt } from '../attempt.ts';
import { panel } from '../panel.ts';
import { guideProblemWords } from '../problem-words.ts';

/** A file for who is asked for help, for the owner to take away. */
@localized()
@customElement('ubizo-report-panel')
export class ReportPanel extends LitElement {
  static override styles = [
    base,
    panel,
    css`
      a {
        display: inline-flex;
        align-items: center;
        min-block-size: var(--target);
        padding: var(--gap-2) var(--gap-4);
        border: 1px solid var(--line-strong);
        border-radius: var(--radius-small);
        color: var(--ink);
        font-weight: 600;
        text-decoration: none;
      }
      a:hover {
        background: var(--sunken);
      }
    `,
  ];

  private readonly attempt = new Attempt(this);
  private sure = false;

  override render() {
    const { problem } = this.attempt;
    return html`
      <section class="panel" aria-labelledby="report">
        <h2 id="report">${msg('Diagnostic report')}</h2>
        <p class="soft">
          ${msg('For whoever helps you: how the box works, without names, codes, keys or anything that was said.')}
        </p>
        ${problem ? html`<ubizo-notice tone="bad" .text=${guideProblemWords(problem)}></ubizo-notice>` : nothing}
        <div class="row">
          <a href=${REPORT} download @click=${this.download}>${msg('Download the report')}</a>
        </div>
      </section>
    `;
  }

  /** A link cannot renew a sign-in that has run out; a request before it can. */
  private async download(event: Event): Promise<void> {
    if (this.sure) return;
    event.preventDefault();
    const link = event.currentTarget;
    await this.attempt.run(async () => void (await lastHour()));
    if (!this.attempt.done || !(link instanceof HTMLAnchorElement)) return;
    this.sure = true;
    link.click();
    this.sure = false;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'ubizo-report-panel': ReportPanel;
  }
}
