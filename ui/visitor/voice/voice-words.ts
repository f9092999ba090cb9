import { msg } from '@lit/localize';
import type { VoiceProblem } from './own-voice.ts';
import { refusalWords } from '../ask/refusal-words.ts';

/** Why this phone's voice does not get to the box, and what to do about it. */
export function voiceWords(problem: VoiceProblem): string {
  switch (problem) {
    case 'insecure':
    case 'refused':
      return msg('This page may not use the microphone. Allow it in your browser’s settings, or write.');
    case 'missing':
      return msg('This phone has no microphone that the page can use.');
    case 'busy':
      return msg('Another app uses the microphone. Close it, then try again.');
    case 'ended':
      return msg('Your phone has switched the microphone off. Try again.');
    default:
      return refusalWords(problem);
  }
}

/** Seconds as on a clock: 4:05. */
export const clockOf = (seconds: number): string =>
  `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`;
