import { css, html, LitElement, svg, type PropertyValues } from 'lit';
import { customElement, property, query } from 'lit/decorators.js';
import { Ear, type HeardSound } from './ear.ts';
import { Frames } from './frames.ts';
import { Mouth } from './mouth.ts';
import type { Speaker } from './speaker.ts';

/** Frames a second: as smooth as a phone draws, and where it spares itself. */
const FRAMES = { usual: 60, sparing: 30 } as const;
/** Half the height of a closed mouth, and what an open one is higher, on the drawing's grid of 64. */
const CLOSED = 1;
const OPENS = 8;

const ROUND = svg`<circle cx="32" cy="36" r="22" />`;
/** Told apart by its outline, in any colour: a cap, a box with an aerial and headphones, a question mark. */
const HEADS = {
  guide: svg`${ROUND}<path class="full" d="M12 27a20 20 0 0 1 40 0h8v4H12z" />`,
  interpreter: svg`<rect x="12" y="16" width="40" height="42" rx="8" />
    <path d="M32 16V7" /><circle class="full" cx="32" cy="6" r="3" />
    <rect class="full" x="5" y="28" width="7" height="16" rx="3" /><rect class="full" x="52" y="28" width="7" height="16" rx="3" />`,
  visitor: svg`<circle cx="27" cy="38" r="20" />
    <path class="mark" d="M47 10a6 6 0 1 1 8.5 5.5c-2 1-2.5 2-2.5 4.5M53 26v.1" />`,
} as const;

/** A drawn face whose mouth follows what is heard. Decorative: words beside it say whose voice it is. */
@customElement('ubizo-face')
export class Face extends LitElement {
  static override styles = css`
    :host {
      display: block;
      inline-size: 3.5rem;
      block-size: 3.5rem;
      contain: strict;
      will-change: transform;
    }
    svg {
      inline-size: 100%;
      block-size: 100%;
      fill: none;
      stroke: currentColor;
      stroke-width: 3;
      stroke-linecap: round;
    }
    .full {
      fill: currentColor;
    }
    .mark {
      stroke-width: 4;
    }
  `;

  @property({ attribute: false }) sound: HeardSound | undefined;
  @property() speaker: Speaker = 'guide';
  @property({ type: Boolean }) sparing = false;
  @query('ellipse') private readonly lips!: SVGEllipseElement;
  private readonly mouth = new Mouth();
  private ear: Ear | undefined;
  private frames: Frames | undefined;
  /** Kept: asked for anew it would be an object for each frame. */
  private height: SVGLength | undefined;
  private onScreen = true;
  private readonly screen = new IntersectionObserver((entries) => {
    this.onScreen = entries.at(-1)?.isIntersecting ?? true;
    this.follow();
  });

  override connectedCallback(): void {
    super.connectedCallback();
    this.screen.observe(this);
    if (this.hasUpdated) this.listen();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.screen.disconnect();
    this.close();
  }

  override render() {
    const { speaker } = this;
    const x = speaker === 'visitor' ? 27 : 32;
    return html`<svg viewBox="0 0 64 64" aria-hidden="true" focusable="false">
      ${HEADS[speaker === 'reading' ? 'interpreter' : speaker]}
      <circle class="full" cx=${x - 8} cy="35" r="1.5" />
      <circle class="full" cx=${x + 8} cy="35" r="1.5" />
      <ellipse class="full" cx=${x} cy="47" rx="7" ry="1" stroke-width="1" />
    </svg>`;
  }

  override updated(changed: PropertyValues<this>): void {
    if (changed.has('sound') || changed.has('sparing')) this.listen();
  }

  private listen(): void {
    this.close();
    this.height = this.lips.ry.baseVal;
    if (!this.sound) return;
    const ear = new Ear(this.sound);
    this.ear = ear;
    this.frames = new Frames({
      perSecond: this.sparing ? FRAMES.sparing : FRAMES.usual,
      draw: (seconds) => this.draw(ear.level(), seconds),
      onSeen: (seen) => (seen ? ear.listen() : ear.rest()),
    });
    this.follow();
  }

  private follow(): void {
    if (this.onScreen) this.frames?.start();
    else this.frames?.stop();
  }

  private close(): void {
    this.frames?.stop();
    this.frames = undefined;
    this.ear?.close();
    this.ear = undefined;
    // Whoever spoke does so no more.
    if (this.height) this.draw(0, 1);
  }

  private draw(level: number, seconds: number): boolean {
    const { mouth, height } = this;
    const before = mouth.opening;
    mouth.hear(level, seconds);
    if (height && mouth.opening !== before) height.value = CLOSED + OPENS * mouth.opening;
    return mouth.opening > 0;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'ubizo-face': Face;
  }
}
