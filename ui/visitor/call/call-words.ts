import { msg } from '@lit/localize';
import type { VoiceProblem } from '../voice/own-voice.ts';
import { voiceWords } from '../voice/voice-words.ts';
import type { CallState } from './calling.ts';

/** How a call stands, in a sentence. */
export function callWords(state: CallState, problem: VoiceProblem | undefined): string {
  switch (state.is) {
    case 'none':
      return '';
    case 'opening':
      return msg('One moment…');
    case 'ringing':
      return msg('Your guide’s screen says that you call. Please wait.');
    case 'active':
      return state.interpreted
        ? msg('You speak with your guide, each in your own language. Nobody else hears it.')
        : msg('You speak with your guide. Nobody else hears it.');
    case 'ended':
      return endWords(state.end, problem);
  }
}

function endWords(end: (CallState & { is: 'ended' })['end'], problem: VoiceProblem | undefined): string {
  switch (end) {
    case 'hung-up':
      return msg('The call has ended.');
    case 'declined':
      return msg('Your guide cannot talk just now. Write instead: it is shown to them at once.');
    case 'missed':
      return msg('Your guide did not answer. Write instead: it is shown to them at once.');
    case 'over':
      return msg('The call has ended: five minutes are over. You can call again.');
    case 'lost':
      return msg('The connection was lost. You can call again.');
    case 'no-voice':
      return problem === undefined ? '' : voiceWords(problem);
  }
}
