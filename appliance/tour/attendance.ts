import { type Problem, UbizoError } from '../protocol/errors.ts';
import type { AttendeeView } from '../protocol/views.ts';

/** Someone who joined. `name` is personal data: shown to the guide, never logged. */
export interface Attendee {
  readonly id: string;
  readonly name: string | undefined;
  language: string;
}

/** What has changed on the list since it was last told. */
export interface AttendanceNews {
  readonly changed: AttendeeView[];
  readonly gone: string[];
}

interface Presence {
  readonly attendee: Attendee;
  /** Pages that show captions. */
  pages: number;
  listening: boolean;
  /** They have been heard of since they joined. */
  came: boolean;
}

interface Count {
  listeners: number;
  /** Who see captions, whether they also hear or not. */
  seeing: number;
  audience: number;
}

/** What someone is told whom the guide has removed. */
export const REMOVED: Problem = {
  code: 'attendee_removed',
  message: 'The guide has taken you off this tour. If that is a mistake, speak with your guide.',
};

/** Anyone may ask to join, over and over: those who never came are forgotten beyond this many. */
const MAX_KNOWN = 5_000;
/** A pass is good for a day. */
const MAX_REMOVED = 1_000;

/** Who is on the tour, in which language, and whether they hear or read it just now. */
export class Attendance {
  private readonly presences = new Map<string, Presence>();
  /** Kept up to date: a thousand phones come within seconds, and each asks for every language's count. */
  private readonly counts = new Map<string, Count>();
  private readonly onChange: () => void;
  private readonly removedIds: Set<string>;
  private readonly untold = new Set<string>();

  /** @param removed whom the guide has removed before */
  constructor({ removed = [], onChange }: { removed?: readonly string[] | undefined; onChange: () => void }) {
    this.removedIds = new Set(removed);
    this.onChange = onChange;
  }

  /**
   * Lets in who holds a valid token; who is known already keeps their language.
   * @throws UbizoError `attendee_removed`.
   */
  admit(attendee: Attendee): Attendee {
    this.expectWelcome(attendee.id);
    const known = this.presences.get(attendee.id);
    if (known) return known.attendee;
    if (this.presences.size >= MAX_KNOWN) this.forgetAbsent();
    const admitted = { ...attendee };
    this.presences.set(attendee.id, { attendee: admitted, pages: 0, listening: false, came: false });
    return admitted;
  }

  /** @throws UbizoError `attendee_removed`. */
  expectWelcome(id: string): void {
    if (this.removedIds.has(id)) throw new UbizoError(REMOVED.code, REMOVED.message);
  }

  /** For good. @returns all who were, to be kept. @throws UbizoError `attendee_not_found`. */
  remove(id: string): string[] {
    const presence = this.presences.get(id);
    if (!presence && !this.removedIds.has(id))
      throw new UbizoError('attendee_not_found', 'This visitor is not on the tour any more.');
    this.removedIds.add(id);
    for (const [oldest] of [...this.removedIds.entries()].slice(0, -MAX_REMOVED))
      this.removedIds.delete(oldest);
    if (presence) {
      this.forget(presence);
      this.onChange();
    }
    return [...this.removedIds];
  }

  get(id: string): Attendee | undefined {
    return this.presences.get(id)?.attendee;
  }

  choose(id: string, language: string): void {
    const presence = this.presences.get(id);
    if (!presence || presence.attendee.language === language) return;
    this.change(presence, () => {
      presence.attendee.language = language;
    });
  }

  /** A page shows captions from now on. @returns what to call when it does no longer. */
  reads(id: string): () => void {
    const presence = this.presences.get(id);
    if (!presence) return () => undefined;
    this.change(presence, () => presence.pages++);
    let open = true;
    return () => {
      if (!open) return;
      open = false;
      // Whoever was removed meanwhile is not counted any more.
      if (this.presences.get(id) === presence) this.change(presence, () => presence.pages--);
    };
  }

  /** How many hear or read the tour. */
  get present(): number {
    let count = 0;
    for (const { audience } of this.counts.values()) count += audience;
    return count;
  }

  /** Whether they have heard or read anything of the tour. */
  hasCome(id: string): boolean {
    return this.presences.get(id)?.came ?? false;
  }

  /** Whether a page of theirs shows captions, and does not only wait. */
  isReading(id: string): boolean {
    return (this.presences.get(id)?.pages ?? 0) > 0;
  }

  listens(id: string, listening: boolean): void {
    const presence = this.presences.get(id);
    if (!presence || presence.listening === listening) return;
    this.change(presence, () => {
      presence.listening = listening;
    });
  }

  /** Who has no pass to come back with has left for good. */
  forgetGuest(id: string): void {
    const presence = this.presences.get(id);
    if (!presence) return;
    this.forget(presence);
    this.onChange();
  }

  /** How many hear the language. */
  listeners(language: string): number {
    return this.counts.get(language)?.listeners ?? 0;
  }

  /** How many read the language without hearing it. */
  readers(language: string): number {
    return this.audience(language) - this.listeners(language);
  }

  /** How many see its captions, whether they hear it or not. */
  seeing(language: string): number {
    return this.counts.get(language)?.seeing ?? 0;
  }

  /** How many hear or read the language: while there is one, it is worth interpreting. */
  audience(language: string): number {
    return this.counts.get(language)?.audience ?? 0;
  }

  all(): readonly Attendee[] {
    return [...this.presences.values()].map(({ attendee }) => attendee);
  }

  in(language: string): readonly Attendee[] {
    return this.all().filter((attendee) => attendee.language === language);
  }

  /** Who has come, in that order; also those who are away just now. */
  list(): AttendeeView[] {
    return [...this.presences.values()].filter(({ came }) => came).map(viewOf);
  }

  takeNews(): AttendanceNews | undefined {
    if (this.untold.size === 0) return undefined;
    const changed: AttendeeView[] = [];
    const gone: string[] = [];
    for (const id of this.untold) {
      const presence = this.presences.get(id);
      if (presence) changed.push(viewOf(presence));
      else gone.push(id);
    }
    this.untold.clear();
    return { changed, gone };
  }

  /** Their passes still let them in; only the language they had switched to is forgotten. */
  private forgetAbsent(): void {
    for (const presence of this.presences.values()) if (!isPresent(presence)) this.forget(presence);
  }

  private forget(presence: Presence): void {
    this.count(presence, -1);
    this.presences.delete(presence.attendee.id);
    if (presence.came) this.untold.add(presence.attendee.id);
  }

  private change(presence: Presence, act: () => void): void {
    this.count(presence, -1);
    act();
    this.count(presence, 1);
    presence.came ||= isPresent(presence);
    if (presence.came) this.untold.add(presence.attendee.id);
    this.onChange();
  }

  private count(presence: Presence, by: 1 | -1): void {
    if (!isPresent(presence)) return;
    const { language } = presence.attendee;
    const count = this.counts.get(language) ?? { listeners: 0, seeing: 0, audience: 0 };
    count.audience += by;
    if (presence.listening) count.listeners += by;
    if (presence.pages > 0) count.seeing += by;
    if (count.audience > 0) this.counts.set(language, count);
    else this.counts.delete(language);
  }
}

function isPresent({ pages, listening }: Presence): boolean {
  return listening || pages > 0;
}

function viewOf(presence: Presence): AttendeeView {
  const { id, name, language } = presence.attendee;
  return { id, ...(name !== undefined && { name }), language, connected: isPresent(presence) };
}
