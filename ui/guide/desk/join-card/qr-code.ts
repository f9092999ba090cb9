import { generate } from 'lean-qr';
import { css, html, LitElement, svg } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { base } from '../../../style/base.ts';

/** Light modules around the code without which readers do not find it (ISO/IEC 18004, 9.1). */
const QUIET = 4;

/** `text` as a QR code: always dark on white, whatever the page's colours, because readers expect it so. */
@customElement('ubizo-qr-code')
export class QrCode extends LitElement {
  static override styles = [
    base,
    css`
      svg {
        display: block;
        inline-size: 100%;
        block-size: auto;
        background: #fff;
        border-radius: var(--radius-small);
      }
    `,
  ];

  @property() text = '';
  @property() label = '';

  override render() {
    const code = generate(this.text);
    let path = '';
    for (let y = 0; y < code.size; y += 1) {
      for (let x = 0; x < code.size; x += 1) if (code.get(x, y)) path += `M${x} ${y}h1v1h-1z`;
    }
    const size = code.size + 2 * QUIET;
    return html`<svg
      viewBox="${-QUIET} ${-QUIET} ${size} ${size}"
      shape-rendering="crispEdges"
      role="img"
      aria-label=${this.label}
    >
      ${svg`<path d=${path} fill="#000" />`}
    </svg>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'ubizo-qr-code': QrCode;
  }
}
