import { msg } from '@lit/localize';
import type { LinkError } from '../link/problem.ts';

export type ProblemAction = 'retry' | 'other-code';

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
    case 'language_not_offered':
      return {
        sentence: msg('This tour is not offered in that language. Choose another one.'),
        action: 'retry',
      };
    case 'too_many_attempts':
      return { sentence: msg('Too many attempts. Wait a minute, then try again.'), action: 'retry' };
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
  return action === 'retry' ? msg('Try again') : msg('Enter another code');
}
