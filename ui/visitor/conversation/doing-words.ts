import { msg, str } from '@lit/localize';
import type { FloorVoice } from '../../../appliance/protocol/talk.ts';
import { clockOf } from '../voice/voice-words.ts';
import type { Conversation } from './conversation.ts';

/** What goes on with a visitor's voice, in the place of the button that leads to it; '' for nothing. */
export function doingWords({ calling, speaking }: Conversation): string {
  switch (calling.state.is) {
    case 'active':
      return `${msg('Call')} ${clockOf(calling.countdown.left ?? 0)}`;
    case 'opening':
    case 'ringing':
      return msg('Calling…');
    case 'none':
    case 'ended':
      break;
  }
  switch (speaking.state.is) {
    case 'speaking':
      return `${msg('You speak')} ${clockOf(speaking.countdown.left ?? 0)}`;
    case 'waiting': {
      const { place } = speaking.state;
      return place === undefined ? msg('Waiting…') : msg(str`In the queue: ${place}`);
    }
    case 'asked':
    case 'opening':
      return msg('Waiting…');
    case 'idle':
      return '';
  }
}

/** Whose voice the tour is just now, where it is not the guide's; `byAi`: heard in a voice that a machine has made. */
export function floorWords(voice: FloorVoice, byAi: boolean): string {
  switch (voice) {
    case 'guide':
      return '';
    case 'visitor':
      return byAi ? msg('A visitor asks · AI voice') : msg('A visitor asks');
    case 'reading':
      return msg('A question is read · AI voice');
  }
}
