import { localized, msg } from '@lit/localize';
import { css, html, LitElement, nothing } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import type { BoxSample, LastHourView } from '../../../appliance/protocol/last-hour.ts';
import { base } from '../../style/base.ts';
import './curve-plot.ts';
import { type Curve, type Figure, figures, rows, timeOf } from './hour-figures.ts';

/** Diagrams of the last hour, and the same as a table. */
@localized()
@customElement('ubizo-hour-curves')
export class HourCurves extends LitElement {
  static override styles = [
    base,
    css`
      :host {
        display: grid;
        gap: var(--gap-5);
        grid-template-columns: minmax(0, 1fr);
      }
      .figures {
        display: grid;
        gap: var(--gap-5);
        grid-template-columns: minmax(0, 1fr);
      }
      @media (min-width: 800px) {
        .figures {
          grid-template-columns: repeat(2, minmax(0, 1fr));
        }
      }
      h3 {
        font-size: 1.0625rem;
      }
      .key {
        display: flex;
        flex-wrap: wrap;
        gap: 0 var(--gap-4);
        min-block-size: 1.5em;
      }
      .key span::before {
        content: '';
        display: inline-block;
        inline-size: 1.5em;
        margin-inline-end: var(--gap-2);
        border-block-end: 3px solid var(--accent);
        vertical-align: middle;
      }
      .key span:nth-child(2)::before {
        border-block-end: 3px dashed var(--live-ink);
      }
      summary {
        min-block-size: var(--target);
        align-content: center;
        font-weight: 600;
        cursor: pointer;
      }
      .table {
        overflow-x: auto;
      }
      table {
        border-collapse: collapse;
        font-variant-numeric: tabular-nums;
      }
      th,
      td {
        padding: var(--gap-2) var(--gap-3);
        border-block-end: 1px solid var(--line);
        text-align: start;
        white-space: nowrap;
      }
    `,
  ];

  @property({ attribute: false }) hour: LastHourView = { everyMs: 10_000, samples: [] };
  private shown: { readonly locale: string; readonly figures: readonly Figure[] } | undefined;

  override render() {
    const { samples } = this.hour;
    const all = this.figures();
    const newest = samples.at(-1);
    return html`
      <div class="figures">
        ${all.map(
          (figure) =>
            html`<section>
              <h3>${figure.name}</h3>
              <p class="key">
                ${newest ? figure.curves.map((curve) => this.now(figure, curve, newest)) : nothing}
              </p>
              <ubizo-curve-plot .figure=${figure} .samples=${samples}></ubizo-curve-plot>
            </section>`,
        )}
      </div>
      <details>
        <summary>${msg('The same as a table')}</summary>
        <div class="table" role="region" tabindex="0" aria-label=${msg('The same as a table')}>
          <table>
            <thead>
              <tr>
                <th scope="col">${msg('Time')}</th>
                ${all.flatMap(({ name, curves }) =>
                  curves.map(
                    (curve) =>
                      html`<th scope="col">
                        ${curve.name === undefined ? name : `${name}: ${curve.name}`}
                      </th>`,
                  ),
                )}
              </tr>
            </thead>
            <tbody>
              ${rows(samples).map(
                (sample) =>
                  html`<tr>
                    <th scope="row">${timeOf(sample.at)}</th>
                    ${all.flatMap((figure) =>
                      figure.curves.map((curve) => html`<td>${said(figure, curve, sample)}</td>`),
                    )}
                  </tr>`,
              )}
            </tbody>
          </table>
        </div>
      </details>
    `;
  }

  private now(figure: Figure, { name, read }: Curve, newest: BoxSample) {
    const value = said(figure, { read }, newest);
    return html`<span>${name === undefined ? value : `${name}: ${value}`}</span>`;
  }

  /** The same objects as long as the words are the same: a diagram is made anew for others. */
  private figures(): readonly Figure[] {
    const locale = msg('Time');
    if (this.shown?.locale !== locale) this.shown = { locale, figures: figures() };
    return this.shown.figures;
  }
}

function said({ say }: Figure, { read }: Curve, sample: BoxSample): string {
  const value = read(sample);
  return value === undefined ? '–' : say(value);
}

declare global {
  interface HTMLElementTagNameMap {
    'ubizo-hour-curves': HourCurves;
  }
}
