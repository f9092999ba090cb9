import { msg } from '@lit/localize';
import { css, html } from 'lit';
import type { CaptionLine } from '../../appliance/protocol/views.ts';
import { pageLanguage } from '../texts/locale.ts';

export const markStyles = css`
  .asked,
  .answers {
    border-inline-start: 4px solid var(--accent);
    padding-inline-start: 0.5em;
  }
  .asked {
    background: var(--accent-soft);
    padding-block: 0.25em;
  }
  .mark {
    display: block;
    font-size: 0.9375rem;
    font-weight: 650;
  }
`;

/** Above the first line of a question, and of its answer. */
export function markOf({ asked, answers }: CaptionLine, before: CaptionLine | undefined) {
  const words =
    asked && asked !== before?.asked
      ? msg('Question')
      : answers && answers !== before?.answers && !asked
        ? msg('Answer')
        : '';
  return words && html`<span class="mark" lang=${pageLanguage()}>${words}</span>`;
}
