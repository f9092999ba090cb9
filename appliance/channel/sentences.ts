import { SLICE, SLICE_MS, type SpeechRing } from './speech-ring.ts';

/** Words and sound of a sentence do not come at the same moment: its first word is looked for around, ms. */
const EARLIER_MS = 800;
const LATER_MS = 1_500;
/** A pause is at least so long; less may be the stop before a consonant, ms. */
export const PAUSE_MS = 200;
/** Where nobody tells of sentences, one begins after a pause like this, ms. */
const SENTENCE_PAUSE_MS = 400;
/** Of what is left before the first sound, so that no soft beginning is lost: 70 ms. */
const LEAD_IN = 70 / SLICE_MS;
/** A sentence of which so much sound was left out was not heard, ms. */
const MISSED_MS = 200;
const MOST = 200;

interface Sentence {
  readonly id: string;
  /** How far the speech had come when its first word was written. */
  readonly at: number;
}

/**
 * Which sentence the waiting speech is, as far as captions tell: a model delivers a sentence's words and its sound at about
 * the same time, and between two sentences it makes a pause.
 */
export class Sentences {
  private readonly ring: SpeechRing;
  private readonly known: Sentence[] = [];

  constructor({ ring }: { ring: SpeechRing }) {
    this.ring = ring;
  }

  /** The first word of a sentence was written. */
  begin(id: string): void {
    const { start, end } = this.ring;
    // What has been heard whole is of no more interest.
    while (this.known[1] && this.known[1].at < start - (LATER_MS / SLICE_MS) * SLICE) this.known.shift();
    if (this.known.length >= MOST) this.known.shift();
    this.known.push({ id, at: end });
  }

  clear(): void {
    this.known.length = 0;
  }

  /** Where the newest sentence begins that waits as a whole; undefined: none does, or it is not to be found. */
  newest(): number | undefined {
    if (this.known.length === 0) return this.newestPause();
    for (let at = this.known.length - 1; at >= 0; at--) {
      const start = this.startOf(at);
      if (start !== undefined && start > this.ring.start) return start;
    }
    return undefined;
  }

  /** Those of which more than a breath lies between two positions. */
  between(from: number, to: number): string[] {
    return this.known
      .filter((_, at) => {
        const begins = Math.max(from, this.startOf(at) ?? this.known[at]?.at ?? 0);
        const ends = Math.min(to, this.startOf(at + 1) ?? this.known[at + 1]?.at ?? to);
        return this.ring.loudBetween(begins, ends) * SLICE_MS >= MISSED_MS;
      })
      .map(({ id }) => id);
  }

  /** After the longest pause around the place. */
  private startOf(index: number): number | undefined {
    const sentence = this.known[index];
    if (!sentence) return undefined;
    const from = Math.max(this.ring.start, sentence.at - (EARLIER_MS / SLICE_MS) * SLICE);
    const until = Math.min(this.ring.end, sentence.at + (LATER_MS / SLICE_MS) * SLICE);
    let longest = PAUSE_MS / SLICE_MS - 1;
    let start: number | undefined;
    for (let at = aligned(from); at < until; at += SLICE) {
      const quiet = this.ring.quietFrom(at);
      const after = at + quiet * SLICE;
      if (quiet > longest && after < this.ring.end) [longest, start] = [quiet, after];
      at = Math.max(at, after);
    }
    return start === undefined ? undefined : start - LEAD_IN * SLICE;
  }

  private newestPause(): number | undefined {
    let quiet = 0;
    let sentence: number | undefined;
    for (let at = aligned(this.ring.end) - SLICE; at > this.ring.start; at -= SLICE) {
      if (!this.ring.isLoud(at)) quiet++;
      else if (sentence !== undefined && quiet * SLICE_MS >= SENTENCE_PAUSE_MS) return sentence;
      else [quiet, sentence] = [0, at - LEAD_IN * SLICE];
    }
    return undefined;
  }
}

function aligned(position: number): number {
  return Math.ceil(position / SLICE) * SLICE;
}
