import { msg } from '@lit/localize';
import type { LinkCode } from '../link/problem.ts';
import { waitWords } from '../texts/wait-words.ts';

/** A refusal, or a problem that stands in a view. */
interface Told {
  readonly code: LinkCode;
  readonly message: string;
  readonly retryAfterS?: number | undefined;
}

/**
 * Every problem that a guide can meet, as a sentence with what to do, in the page's language. The box's own English
 * sentence stands in for codes that need its details.
 */
export function guideProblemWords({ code, message, retryAfterS }: Told): string {
  switch (code) {
    case 'wrong_setup_code':
      return msg('This is not the setup code of this box. Check it and try again.');
    case 'wrong_password':
      return msg('This email address and this password do not belong together. Check both, then try again.');
    case 'weak_password':
      return msg(
        'Choose a longer password: 8 characters or more. A few words in a row are easy to remember.',
      );
    case 'common_password':
      return msg('Many people use this password, so it is tried first. A few words in a row are safer.');
    case 'wrong_password_code':
      return msg('This code does not belong to this email, or was used before. Ask the owner for another.');
    case 'account_unknown':
      return msg('There is no account with this email address.');
    case 'account_waiting':
      return msg('Your account waits for the owner of this box to approve it.');
    case 'account_locked':
      return msg('This account is blocked. Ask the owner of this box to unblock it.');
    case 'last_owner':
      return msg('This is the only owner of the box. Make somebody else an owner first.');
    case 'accounts_full':
      return msg('The box has no room for more accounts. Its owner can delete some.');
    case 'already_claimed':
      return msg('This box has an owner by now. Sign in instead.');
    case 'insecure_connection':
      return msg('Passwords are not taken over this connection. Use the secure page.');
    case 'box_busy':
      return msg('Many people are signing in at this moment. Try again in a few seconds.');
    case 'forbidden':
      return msg('Your account may not do this.');
    case 'not_your_tour':
      return msg('This is another guide’s tour.');
    case 'attendee_not_found':
      return msg('This visitor is no longer here.');
    case 'spend_cap_reached':
      return msg(
        'The budget is spent. Visitors hear the built-in translation or your own voice unless you raise it.',
      );
    case 'spend_cap_too_high':
      return msg('The owner of this box does not let guides raise the budget so far.');
    case 'too_many_attempts':
      return waitWords(retryAfterS);
    case 'not_signed_in':
      return msg('You are signed out. Sign in again.');
    case 'box_unreachable':
      return msg('The tour box does not answer. Check that you are in its Wi-Fi and that it is switched on.');
    case 'tour_not_found':
      return msg('This tour no longer exists.');
    case 'tour_over':
      return msg('This tour is over. Make a new one.');
    case 'tour_state':
      return msg('This cannot be done in the present state of the tour.');
    case 'microphone_busy':
      return msg(
        'This microphone is in use by another tour or program. End that one, or choose another microphone, such as your phone.',
      );
    case 'microphone_missing':
      return msg('The box has no microphone. Plug one in, or use this phone as the microphone.');
    case 'microphone_lost':
      return msg('The microphone is gone. Plug it in again; the box keeps trying.');
    case 'microphone_unknown':
      return msg('The box does not find this microphone. Choose another one.');
    case 'microphone_program_missing':
      return msg('The box cannot record: the Debian package alsa-utils is missing on it.');
    case 'microphone_file_missing':
      return msg('The recording is gone. Choose another one.');
    case 'microphone_file_empty':
    case 'microphone_file_broken':
      return msg('The recording cannot be played. Choose another one.');
    case 'microphone_silent':
      return msg('Nothing was heard. Come closer to the microphone or speak louder, and try again.');
    case 'clip_unreadable':
      return msg('This clip cannot be read, or nobody speaks in it. Choose a WAV, MP3, Ogg or FLAC file.');
    case 'sound_checks_busy':
      return msg('Other tours are having their sound check. Try again in a minute.');
    case 'sound_check_missing':
      return msg('This sound check is over. Begin a new one.');
    case 'body_too_large':
      return msg('This file is too large. Choose a shorter one.');
    case 'key_refused':
      return msg('The translation service refuses this key. Check it and paste it again; nothing was saved.');
    case 'interpreter_key_missing':
      return msg('The translation service needs a key. Whoever set up the box can enter one.');
    case 'interpreter_key_refused':
      return msg(
        'The key of the translation service was refused. Whoever set up the box must enter a valid one.',
      );
    case 'interpreter_no_quota':
      return msg(
        'The account at the translation service cannot pay any more. Check its credit, limits and billing.',
      );
    case 'interpreter_language_unsupported':
      return msg('This language cannot be translated. Its visitors hear your own voice.');
    case 'interpreter_unreachable':
      return msg(
        'The translation service cannot be reached. Check the Internet connection of the box; it tries again by itself.',
      );
    case 'interpreter_failed':
      return msg('The translation failed and is started again.');
    case 'wifi_unavailable':
      return msg('The Wi-Fi of this box cannot be switched from here.');
    case 'check_up_failed':
      return msg('The check-up could not be made. Try again in a minute.');
    case 'question_not_found':
      return msg('This question is no longer there: it was taken back or merged.');
    case 'questions_full':
      return msg('There are as many questions as the box takes. Answer or hide some.');
    case 'questions_off':
      return msg('Questions are switched off on this tour.');
    case 'message_not_found':
      return msg('This message was deleted already.');
    case 'voice_off':
      return msg('Visitors may not speak on this tour: it is switched off.');
    case 'floor_not_yours':
      return msg('This visitor no longer speaks, nor waits to.');
    case 'call_not_found':
      return msg('This call is over already.');
    case 'storage_failed':
      return msg('The box could not save. Its storage may be full or damaged.');
    default:
      return message;
  }
}
