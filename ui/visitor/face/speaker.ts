import { msg } from '@lit/localize';
import type { FloorVoice } from '../../../appliance/protocol/talk.ts';
import { madeByAi, type Heard } from '../listen/what-you-hear.ts';

/** Whose voice is heard: `reading`: a machine that reads a text. */
export type Speaker = 'guide' | 'interpreter' | 'visitor' | 'reading';

/** @param voice whose the tour is just now. */
export function speakerOf(heard: Heard, voice: FloorVoice): Speaker {
  if (voice !== 'guide') return voice;
  return madeByAi(heard) ? 'interpreter' : 'guide';
}

export function speakerWords(speaker: Speaker): string {
  switch (speaker) {
    case 'guide':
      return msg('Guide');
    case 'interpreter':
      return msg('Interpreter (AI)');
    case 'visitor':
      return msg('A visitor asks');
    case 'reading':
      return msg('Read aloud by AI');
  }
}
