import { svg, type SVGTemplateResult } from 'lit';

/** Line drawings on a 24-unit grid; `buttons` in style/base.ts dresses them. Decorative: words stand beside them. */
export const icon = (content: SVGTemplateResult): SVGTemplateResult =>
  svg`<svg viewBox="0 0 24 24" aria-hidden="true" focusable="false">${content}</svg>`;

export const listenIcon = icon(
  svg`<path d="M4 14v-2a8 8 0 0 1 16 0v2" /><rect x="3" y="14" width="4.5" height="6.5" rx="1.8" /><rect x="16.5" y="14" width="4.5" height="6.5" rx="1.8" />`,
);
export const readIcon = icon(svg`<path d="M4 6h16M4 11h16M4 16h10" />`);
export const stopIcon = icon(svg`<rect x="6" y="6" width="12" height="12" rx="2" fill="currentColor" />`);
export const downIcon = icon(svg`<path d="M12 5v14M6 13l6 6 6-6" />`);
export const chevronIcon = icon(svg`<path d="M7 10l5 5 5-5" />`);
export const microphoneIcon = icon(
  svg`<rect x="9" y="3" width="6" height="11" rx="3" /><path d="M5 11a7 7 0 0 0 14 0M12 18v3" />`,
);
export const mutedIcon = icon(
  svg`<path d="M9 9V6a3 3 0 0 1 6 0v5M15 14.5A3 3 0 0 1 9 13M5 11a7 7 0 0 0 10.6 6M19 11a7 7 0 0 1-.4 2.3M12 18v3M3 3l18 18" />`,
);
export const plusIcon = icon(svg`<path d="M12 5v14M5 12h14" />`);
export const closeIcon = icon(svg`<path d="M6 6l12 12M18 6L6 18" />`);
export const backIcon = icon(svg`<path d="M15 5l-7 7 7 7" />`);
export const warnIcon = icon(svg`<path d="M12 4L2.5 20h19zM12 10v4.5M12 17.5v.01" />`);
export const globeIcon = icon(
  svg`<circle cx="12" cy="12" r="9" /><path d="M3 12h18M12 3c-5 5-5 13 0 18 5-5 5-13 0-18z" />`,
);
export const expandIcon = icon(svg`<path d="M9 4H4v5M15 4h5v5M9 20H4v-5M15 20h5v-5" />`);
