import { msg } from '@lit/localize';
import type { LinkError } from '../link/problem.ts';
import { waitWords } from '../texts/wait-words.ts';

/** `none`: what to do is on the page anyway. */
export type ProblemAction = 'retry' | 'other-code' | 'none';

/** A problem in the visitor's language, with the one thing to do. */
export interface ProblemWords {
  readonly sentence: string;
  readonly action: ProblemAction;
}

export function problemWords(problem: LinkError): ProblemWords {
  switch (problem.code) {
    case 'code_unknown':
    case 'tour_not_found':
    case 'not_found':
      return {
        sentence: msg('There is no tour with this code. Check it with your guide.'),
        action: 'other-code',
      };
    case 'tour_over':
      return { sentence: msg('This tour is over.'), action: 'other-code' };
    case 'attendee_removed':
      return { sentence: msg('Your guide has taken you off this tour.'), action: 'none' };
    case 'entry_code_needed':
    case 'wrong_entry_code':
      return {
        sentence: msg('This is not the entry code of this tour. Ask your guide for it.'),
        action: 'none',
      };
    case 'language_not_offered':
      return {
        sentence: msg('This tour is not offered in that language. Choose another one.'),
        action: 'retry',
      };
    case 'too_many_attempts':
      return { sentence: waitWords(problem.retryAfterS), action: 'retry' };
    case 'box_unreachable':
      return {
        sentence: msg(
          'The tour box does not answer. Check that your phone is in the tour’s Wi-Fi, then try again.',
        ),
        action: 'retry',
      };
    case 'bad_sdp':
    case 'unsupported_sdp':
      return {
        sentence: msg('This browser cannot play the tour. Open the page in Chrome, Safari or Firefox.'),
        action: 'retry',
      };
    default:
      return { sentence: msg('Something went wrong on the tour box. Try again.'), action: 'retry' };
  }
}

export function actionWords(action: ProblemAction): string {
  if (action === 'none') return '';
  return action === 'retry' ? msg('Try again') : msg('Enter another code');
}
