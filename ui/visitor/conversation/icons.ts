import { svg } from 'lit';
import { icon } from '../../elements/icons.ts';

export const askIcon = icon(
  svg`<path d="M4 5h16v11h-9l-5 4v-4H4z" /><path d="M9.8 9a2.3 2.3 0 1 1 3 2.2c-.6.2-.8.6-.8 1.1" /><path d="M12 14.2v.01" />`,
);
export const sendIcon = icon(svg`<path d="M12 19V5M6 11l6-6 6 6" />`);
export const phoneIcon = icon(
  svg`<path d="M6 3h3l2 5-2.5 1.5a11 11 0 0 0 6 6L16 13l5 2v3a3 3 0 0 1-3 3A15 15 0 0 1 3 6a3 3 0 0 1 3-3z" />`,
);
export const pinIcon = icon(svg`<path d="M9 3h6l-1 6 4 4H6l4-4zM12 13v8" />`);
export const upIcon = icon(svg`<path d="M7 14l5-5 5 5" />`);
export const voteIcon = icon(svg`<path d="M12 5l7 9H5z" />`);
export const doneIcon = icon(svg`<path d="M5 12.5l4.5 4.5L19 7.5" />`);
