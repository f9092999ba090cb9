import { msg, str } from '@lit/localize';
import type { LinkError } from '../../link/problem.ts';
import { secondsOf } from '../../texts/durations.ts';
import { problemWords } from '../problem-words.ts';

/** Why a question was not taken, and what its asker can do. */
export function refusalWords(problem: LinkError): string {
  switch (problem.code) {
    case 'question_open':
      return msg(
        'You have asked a question already. The next one can follow when it is answered, or taken back.',
      );
    case 'questions_off':
      return msg('Your guide takes no questions at the moment.');
    case 'asker_blocked':
      return msg('Your guide takes no more questions from this phone.');
    case 'voice_off':
    case 'tour_state':
      return msg('Your guide cannot listen to you just now. Write your question instead.');
    case 'question_not_found':
      return msg('This question is no longer there.');
    case 'too_many_attempts':
    case 'questions_full': {
      if (problem.retryAfterS === undefined)
        return msg('There are many questions just now. Try again in a minute.');
      const wait = secondsOf(problem.retryAfterS * 1_000, 'long');
      return msg(str`Your next question can be sent in ${wait}.`);
    }
    default:
      return problemWords(problem).sentence;
  }
}
