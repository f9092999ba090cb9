import { html, nothing } from 'lit';
import '../elements/notice.ts';
import type { LinkError } from '../link/problem.ts';
import { actionWords, problemWords, type ProblemAction } from './problem-words.ts';

/** What is wrong, with the one thing to do about it. The element fires `mend` with a {@link ProblemAction}. */
export function problemNotice(problem: LinkError | undefined) {
  if (!problem) return nothing;
  const { sentence, action } = problemWords(problem);
  return html`<ubizo-notice
    tone="bad"
    .text=${sentence}
    .action=${actionWords(action)}
    @notice-action=${mending(action)}
  ></ubizo-notice>`;
}

/** For whatever offers the action. */
export const mending =
  (action: ProblemAction) =>
  ({ currentTarget }: Event): void => {
    currentTarget?.dispatchEvent(
      new CustomEvent<ProblemAction>('mend', { detail: action, bubbles: true, composed: true }),
    );
  };
