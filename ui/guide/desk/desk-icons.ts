import { svg } from 'lit';
import { icon } from '../../elements/icons.ts';

/** What only the desk shows: a visitor's page need not carry it. */

export const askIcon = icon(
  svg`<path d="M4 5h16v11H9l-5 4zM9.8 8.6a2.3 2.3 0 1 1 3.2 2.1c-.7.3-1 .7-1 1.3M12 13.9v.01" />`,
);
export const peopleIcon = icon(
  svg`<circle cx="9" cy="8" r="3.5" /><path d="M2.5 20a6.5 6.5 0 0 1 13 0M16 4.8a3.5 3.5 0 0 1 0 6.4M18 14.3a6.5 6.5 0 0 1 3.5 5.7" />`,
);
export const moreIcon = icon(svg`<path d="M5 12v.01M12 12v.01M19 12v.01" stroke-width="3.5" />`);
export const bellIcon = icon(svg`<path d="M6 16V11a6 6 0 0 1 12 0v5l1.5 2h-15zM10 21h4" />`);
export const bellOffIcon = icon(svg`<path d="M6 16V11a6 6 0 0 1 12 0v5l1.5 2h-15zM10 21h4M3 3l18 18" />`);
export const callIcon = icon(
  svg`<path d="M6 3h4l1.5 5-2.3 1.6a13 13 0 0 0 5.2 5.2L16 12.5l5 1.5v4a3 3 0 0 1-3 3A15 15 0 0 1 3 6a3 3 0 0 1 3-3z" />`,
);
export const voteIcon = icon(svg`<path d="M12 5l7 8h-4v6H9v-6H5z" />`);
export const settingsIcon = icon(
  svg`<path d="M4 7h9M19 7h1M4 17h1M11 17h9" /><circle cx="16" cy="7" r="2.6" /><circle cx="8" cy="17" r="2.6" />`,
);
