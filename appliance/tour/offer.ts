import type { Attendance, Attendee } from './attendance.ts';
import type { Booths } from './booths.ts';

export interface OfferOptions {
  readonly attendance: Attendance;
  readonly booths: Booths;
  /** They hear the guide now, or the channel of their language is a new one. */
  readonly onMoved: (attendees: ReadonlyMap<string, Attendee>) => void;
}

/** Which languages a tour is offered in: takes the booths and the audience along when that changes. */
export class Offer {
  private readonly options: OfferOptions;

  constructor(options: OfferOptions) {
    this.options = options;
  }

  /** Resolves when the interpreters of what is no longer offered have said their last words. */
  async change(languages: readonly string[], floorLanguage: string): Promise<void> {
    const { booths, attendance } = this.options;
    const closing = booths.languages.filter((language) => !languages.includes(language));
    this.move(
      closing.flatMap((language) => attendance.in(language)),
      languages,
      floorLanguage,
    );
    await booths.keep(languages);
  }

  /** The guide speaks another language: before the start only. */
  async respeak(floorLanguage: string, languages: readonly string[]): Promise<void> {
    const { booths, attendance } = this.options;
    const respoken = booths.respeak(floorLanguage, languages);
    this.move(attendance.all(), languages, floorLanguage);
    await respoken;
  }

  /** Whoever's language is not offered any more hears the guide. */
  private move(attendees: readonly Attendee[], languages: readonly string[], floorLanguage: string): void {
    if (attendees.length === 0) return;
    for (const { id, language } of attendees)
      if (!languages.includes(language)) this.options.attendance.choose(id, floorLanguage);
    this.options.onMoved(new Map(attendees.map((each) => [each.id, each])));
  }
}
