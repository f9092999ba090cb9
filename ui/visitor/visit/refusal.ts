import type { LinkCode, LinkError } from '../../link/problem.ts';

/**
 * What a problem means for a visit.
 * - `passing`: it passes by itself; the sound is tried again, and the page says that the connection is lost.
 * - `full`: no room for this phone's sound.
 * - `entry-code`: asked for, for the first time: a question, not a mistake. `wrong-entry-code`: a mistake.
 * - `shut-out`: this visitor is not let in.
 * - `over`: the tour is.
 * - `other`: it is said, and what the visitor does next is up to them.
 */
export type Refusal = 'passing' | 'full' | 'entry-code' | 'wrong-entry-code' | 'shut-out' | 'over' | 'other';

const PASSING: ReadonlySet<LinkCode> = new Set<LinkCode>([
  'box_unreachable',
  'token_invalid',
  'internal',
  'too_many_attempts',
  'box_busy',
  'listener_not_found',
]);

/** `asked`: the visitor has been asked for the entry code, so that too many attempts are theirs. */
export function refusalOf({ code }: LinkError, asked: boolean): Refusal {
  if (code === 'too_many_attempts' && asked) return 'shut-out';
  if (PASSING.has(code)) return 'passing';
  switch (code) {
    case 'listeners_full':
      return 'full';
    case 'wrong_entry_code':
      return 'wrong-entry-code';
    case 'entry_code_needed':
      return asked ? 'wrong-entry-code' : 'entry-code';
    case 'attendee_removed':
      return 'shut-out';
    case 'tour_over':
      return 'over';
    default:
      return 'other';
  }
}
