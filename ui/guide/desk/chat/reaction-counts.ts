import { msg } from '@lit/localize';
import { css, html, type TemplateResult } from 'lit';
import { REACTIONS, type Reaction } from '../../../../appliance/protocol/questions.ts';
import type { Chat } from './chat.ts';

const SIGNS: Readonly<Record<Reaction, string>> = {
  like: '👍',
  love: '❤️',
  laugh: '😂',
  wow: '😮',
  clap: '👏',
};

export const reactionStyles = css`
  .reactions {
    display: flex;
    flex-wrap: wrap;
    gap: var(--gap-1) var(--gap-2);
  }
  .reactions span {
    display: inline-block;
    min-inline-size: 3rem;
    font-variant-numeric: tabular-nums;
    color: var(--ink-soft);
  }
  .reactions i {
    font-style: normal;
  }
  .reactions .some {
    color: var(--ink);
    font-weight: 700;
  }
`;

/** How many of each have come in the last ten seconds; each in its place, also while there is none. */
export const reactionCounts = (counts: Chat['reactions']): TemplateResult =>
  html`<p class="reactions" data-testid="reactions">
    <b class="unseen">${msg('Reactions in the last ten seconds:')}</b>
    ${REACTIONS.map((each) => {
      const count = counts[each] ?? 0;
      return html`<span class=${count > 0 ? 'some' : ''}>
        <b class="unseen">${reactionWords(each)}: </b><i aria-hidden="true">${SIGNS[each]}</i> ${count}
      </span>`;
    })}
  </p>`;

function reactionWords(reaction: Reaction): string {
  switch (reaction) {
    case 'like':
      return msg('Like');
    case 'love':
      return msg('Love');
    case 'laugh':
      return msg('Laugh');
    case 'wow':
      return msg('Wow');
    case 'clap':
      return msg('Applause');
  }
}
