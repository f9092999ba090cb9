import { css, html, LitElement, type PropertyValues } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import uPlot from 'uplot';
import type { BoxSample } from '../../../appliance/protocol/last-hour.ts';
import { type Figure, timeOf } from './hour-figures.ts';

const HEIGHT = 140;
const HOUR_S = 3_600;
const AXIS = { font: '13px system-ui, sans-serif' };
/** A letter of the axis, and what stands beside them, px. */
const LETTER = 7.5;
const MARGIN = 18;

/** A diagram of the last hour, drawn by uPlot. For eyes only: what it says stands beside it in words. */
@customElement('ubizo-curve-plot')
export class CurvePlot extends LitElement {
  // What uPlot's own style sheet has of use here.
  static override styles = css`
    :host {
      display: block;
      min-block-size: ${HEIGHT}px;
    }
    .uplot,
    .u-wrap {
      position: relative;
      user-select: none;
    }
    .u-over,
    .u-under,
    .u-axis {
      position: absolute;
    }
    .u-under {
      overflow: hidden;
    }
    canvas {
      display: block;
      position: relative;
      inline-size: 100%;
      block-size: 100%;
    }
  `;

  @property({ attribute: false }) samples: readonly BoxSample[] = [];
  @property({ attribute: false }) figure: Figure | undefined;
  private plot: uPlot | undefined;
  private readonly resized = new ResizeObserver(() => this.fit());
  private readonly dark = matchMedia('(prefers-color-scheme: dark)');

  override connectedCallback(): void {
    super.connectedCallback();
    this.resized.observe(this);
    this.dark.addEventListener('change', this.recolour);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.resized.disconnect();
    this.dark.removeEventListener('change', this.recolour);
    this.plot?.destroy();
    this.plot = undefined;
  }

  override render() {
    return html`<div dir="ltr" aria-hidden="true"></div>`;
  }

  protected override updated(changed: PropertyValues<this>): void {
    const { figure } = this;
    const place = this.renderRoot.querySelector('div');
    if (!figure || !place) return;
    if (!this.plot || changed.has('figure')) {
      this.plot?.destroy();
      this.plot = new uPlot(this.options(figure), this.data(figure), place);
    } else this.plot.setData(this.data(figure));
  }

  private data({ curves }: Figure): uPlot.AlignedData {
    const { samples } = this;
    return [
      samples.map(({ at }) => at / 1_000),
      ...curves.map(({ read }) => samples.map((sample) => read(sample) ?? null)),
    ];
  }

  private options({ curves, say, most }: Figure): uPlot.Options {
    const colour = (name: string) => (): string => getComputedStyle(this).getPropertyValue(name).trim();
    const grid = { stroke: colour('--line'), width: 1 };
    const axis = { ...AXIS, stroke: colour('--ink-soft'), grid, ticks: grid };
    return {
      width: this.width,
      height: HEIGHT,
      legend: { show: false },
      cursor: { show: false },
      scales: {
        x: {
          range: (_, __, newest) => [(newest || Date.now() / 1_000) - HOUR_S, newest || Date.now() / 1_000],
        },
        y: { range: (_, __, highest) => [0, most ?? Math.max(1, (highest || 0) * 1.1)] },
      },
      axes: [
        { ...axis, size: 28, space: 70, values: (_, at) => at.map((seconds) => timeOf(seconds * 1_000)) },
        { ...axis, size: widthOf, space: 36, values: (_, values) => values.map(say) },
      ],
      series: [
        {},
        ...curves.map((_, index) => ({
          stroke: colour(index === 0 ? '--accent' : '--live-ink'),
          width: 2,
          points: { show: false },
          // Told apart without its colour too.
          ...(index > 0 && { dash: [6, 4] }),
        })),
      ],
    };
  }

  private get width(): number {
    return Math.max(200, this.clientWidth);
  }

  private fit(): void {
    if (this.plot && this.plot.width !== this.width) this.plot.setSize({ width: this.width, height: HEIGHT });
  }

  private readonly recolour = (): void => this.plot?.redraw(false, true);
}

/** As wide as its longest word. */
function widthOf(_: uPlot, values: string[] | null): number {
  return Math.max(0, ...(values ?? []).map(({ length }) => length)) * LETTER + MARGIN;
}

declare global {
  interface HTMLElementTagNameMap {
    'ubizo-curve-plot': CurvePlot;
  }
}
