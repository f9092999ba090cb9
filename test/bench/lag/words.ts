import { holdsSound } from '../../../appliance/floor/loudness.ts';
import { Speech } from '../../realtime-server/speech.ts';

/** As guides say them; those with a stop inside that is quiet for a moment are the ones that a careless cut would hit. */
const WORDS =
  'la catedral fue construida hace ocho siglos por un arquitecto que nunca vio terminada su obra después el puente antiguo y la plaza del mercado exactamente como aparecen aquí';
/** Between two words, as in speech that flows: 20 ms. */
const BETWEEN = 480;

/** One word, made alone, so that it is known where it begins and ends. */
export interface SpokenWord {
  readonly text: string;
  readonly samples: Int16Array;
}

/** Rejects when espeak-ng is not installed. */
export async function spokenWords(): Promise<SpokenWord[]> {
  const speech = new Speech();
  return Promise.all(
    WORDS.split(' ').map(async (text) => ({ text, samples: trimmed(await speech.say('es', text)) })),
  );
}

function trimmed(samples: Int16Array): Int16Array {
  let [from, to] = [0, samples.length];
  while (from < to && !holdsSound(samples, from, from + 1)) from++;
  while (to > from && !holdsSound(samples, to - 1, to)) to--;
  const word = new Int16Array(to - from + BETWEEN);
  word.set(samples.subarray(from, to));
  return word;
}
