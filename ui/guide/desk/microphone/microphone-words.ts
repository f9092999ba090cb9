import { msg } from '@lit/localize';
import type { MicrophoneView } from '../../../../appliance/protocol/views.ts';
import { guideProblemWords } from '../../problem-words.ts';
import type { CaptureProblem } from '../../../link/whip-client.ts';

/** What is wrong with it: a phone cannot be plugged in. */
export function microphoneProblemWords({ id, problem }: MicrophoneView): string | undefined {
  if (!problem) return undefined;
  return id === 'phone' && problem.code === 'microphone_lost'
    ? msg('The phone’s sound has stopped. Keep its page open; it reconnects by itself.')
    : guideProblemWords(problem);
}

/** The microphone's state where the level meter alone would not explain it. */
export function microphoneStateWords({ state }: MicrophoneView): string | undefined {
  switch (state) {
    case 'opening':
      return msg('The microphone is being opened…');
    case 'waiting':
      return msg('The box waits for the phone that is to be the microphone.');
    case 'lost':
      return msg('The microphone is gone. The box keeps trying.');
    case 'ended':
      return msg('The recording has come to its end.');
    case 'closed':
    case 'open':
      return undefined;
  }
}

export function captureProblemWords(problem: CaptureProblem): string {
  switch (problem) {
    case 'insecure':
      return needsHttps();
    case 'refused':
      return msg(
        'The browser may not use the microphone. Allow it in the address bar or in the phone’s settings.',
      );
    case 'missing':
      return msg('This device has no microphone.');
    case 'busy':
      return msg('Another app uses the microphone of this device. Close it and try again.');
    case 'ended':
      return msg('The microphone of this device was switched off.');
  }
}

export function needsHttps(): string {
  return msg(
    'Browsers give a page the microphone only over HTTPS or on the box itself. This page came over plain HTTP.',
  );
}
