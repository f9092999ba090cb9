import type { CaptionLine } from '../protocol/views.ts';

/** Over how long the rate is taken, ms. */
const WINDOW_MS = 20_000;

/** How fast the guide speaks, by the captions of their own words; nothing where nobody writes these down. */
export class SpeakingRate {
  private readonly segmenter: Intl.Segmenter;
  /** How many words had come by when; the first is the last before the window. */
  private readonly counts: { readonly at: number; readonly words: number }[] = [];
  private lineId = '';
  private lineWords = 0;
  private words = 0;

  /** @param language of the floor, BCP 47: what a word is depends on it */
  constructor({ language }: { language: string }) {
    this.segmenter = new Intl.Segmenter(language, { granularity: 'word' });
  }

  /** @param now ms, of any clock */
  add({ id, text }: Pick<CaptionLine, 'id' | 'text'>, now: number): void {
    const words = this.wordsIn(text);
    this.words += words - (id === this.lineId ? this.lineWords : 0);
    this.lineId = id;
    this.lineWords = words;
    this.counts.push({ at: now, words: this.words });
    while (this.counts[1] && this.counts[1].at <= now - WINDOW_MS) this.counts.shift();
  }

  /** Words a minute since 20 s ago; undefined until as much has been heard, and while nothing has come for as long. */
  perMinute(now: number): number | undefined {
    const [first] = this.counts;
    const last = this.counts.at(-1);
    if (!first || !last || first.at > now - WINDOW_MS || last.at <= now - WINDOW_MS) return undefined;
    // What came with the first was said before it.
    return ((last.words - first.words) * 60_000) / (now - first.at);
  }

  private wordsIn(text: string): number {
    let words = 0;
    for (const { isWordLike } of this.segmenter.segment(text)) if (isWordLike) words++;
    return words;
  }
}
