import { msg, str } from '@lit/localize';
import type { VoiceProblem } from '../voice/own-voice.ts';
import { voiceWords } from '../voice/voice-words.ts';
import type { SpeakingEnd, SpeakingState } from './speaking.ts';

/** What happens with a voice just now, in a sentence. */
export function speakingWords(
  state: SpeakingState,
  { connected, problem }: { connected: boolean; problem: VoiceProblem | undefined },
): string {
  switch (state.is) {
    case 'opening':
    case 'asked':
      return msg('One moment…');
    case 'waiting':
      if (state.place === undefined) return msg('Your guide has been asked. Please wait.');
      return msg(str`Please wait. Your place in the queue: ${state.place}`);
    case 'speaking':
      if (!connected) return msg('One moment…');
      return state.to === 'all'
        ? msg('Speak now: everybody hears you.')
        : msg('Speak now: only your guide hears you.');
    case 'idle':
      return endWords(state.ended, problem);
  }
}

function endWords(ended: SpeakingEnd | undefined, problem: VoiceProblem | undefined): string {
  switch (ended) {
    case undefined:
      return '';
    case 'done':
      return msg('Thank you. It was sent.');
    case 'silent':
      return msg('Nothing was heard. Speak closer to the phone, or make the microphone more sensitive.');
    case 'time':
      return msg('Your time is over. What you said was sent.');
    case 'taken-back':
      return msg('Your guide speaks now.');
    case 'refused':
      return msg('Your guide cannot listen to you just now. Write your question instead.');
    case 'lost':
      return msg('The connection was lost. Try again.');
    case 'no-voice':
      return problem === undefined ? '' : voiceWords(problem);
  }
}
