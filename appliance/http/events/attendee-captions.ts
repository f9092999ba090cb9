import type { CaptionLine } from '../../protocol/views.ts';
import type { Tour } from '../../tour/tour.ts';

/** Which captions a reader gets, whose language may change at any moment. */
export class AttendeeCaptions {
  private readonly tour: Pick<Tour, 'captions' | 'channel' | 'record'>;
  private readonly language: () => string;

  constructor({
    tour,
    language,
  }: {
    tour: Pick<Tour, 'captions' | 'channel' | 'record'>;
    language: () => string;
  }) {
    this.tour = tour;
    this.language = language;
  }

  /** The last ones, in order. */
  recent(): CaptionLine[] {
    const { captions, record } = this.tour;
    const lines = [...captions.of(this.language())];
    if (!this.readsGuide()) return lines;
    const guides = captions.of(record.floorLanguage).filter((line) => this.shows(line));
    return [...lines, ...guides].toSorted((a, b) => a.at - b.at);
  }

  shows({ language, asked }: CaptionLine): boolean {
    if (language === this.language()) return true;
    // A question stands in every language: once is enough.
    return asked === undefined && language === this.tour.record.floorLanguage && this.readsGuide();
  }

  /** Who hears the guide because nobody interprets reads the guide too. */
  private readsGuide(): boolean {
    const language = this.language();
    return this.tour.record.languages.includes(language) && this.tour.channel(language).state === 'floor';
  }
}
