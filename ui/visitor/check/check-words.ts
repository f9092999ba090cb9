import { msg } from '@lit/localize';
import type { FindingCode } from './findings.ts';

/** What was found, with what to do. */
export function findingWords(code: FindingCode): string {
  switch (code) {
    case 'B0':
      return msg('The box answers.');
    case 'B1':
      return msg('The box does not answer. Check that your phone is in the tour’s Wi-Fi.');
    case 'B2':
      return msg('The box does not know you any more. Open the page anew.');
    case 'E0':
      return msg('News from the box arrives.');
    case 'E1':
      return msg('No news arrives from the box. It is tried again by itself.');
    case 'U0':
      return msg('The network lets the sound through.');
    case 'U1':
      return msg('The network blocks the direct way. The sound takes another one and is a little later.');
    case 'S0':
      return msg('There is another way for the sound, should it be needed.');
    case 'S1':
      return msg('There is no other way for the sound here.');
    case 'P0':
      return msg('The sound arrives.');
    case 'P1':
      return msg('The guide is silent at the moment.');
    case 'P2':
      return msg('The box sends sound, and none arrives. Go a little nearer to the guide.');
    case 'A0':
      return msg('The phone plays the sound.');
    case 'A1':
      return msg('Your phone holds the sound back. Close this and tap Play.');
    case 'A2':
      return msg('The sound is switched off. Close this and tap Listen.');
    case 'C0':
      return msg('The phone’s clock is right.');
    case 'C1':
      return msg('The phone’s clock is wrong. Let it set itself by the network.');
    case 'M9':
      return msg(
        'Still nothing to hear? Turn the volume up with the phone’s buttons; on an iPhone look at the switch at its side, and look for headphones that are connected.',
      );
    case 'U9':
    case 'S9':
    case 'P9':
    case 'C9':
      return msg('This cannot be known at the moment.');
  }
}
