/** Someone who joined. `name` is personal data: shown to the guide, never logged. */
export interface Attendee {
  readonly id: string;
  readonly name: string | undefined;
  language: string;
}

interface Presence {
  attendee: Attendee;
  sockets: number;
  listening: boolean;
}

/** Anyone may ask to join, over and over: those who never came are forgotten beyond this many. */
const MAX_KNOWN = 5_000;

/** Who is on the tour, in which language, and whether they hear or read it just now. */
export class Attendance {
  private readonly presences = new Map<string, Presence>();
  private readonly onChange: () => void;

  constructor({ onChange }: { onChange: () => void }) {
    this.onChange = onChange;
  }

  /** Lets in who holds a valid token; who is known already keeps their language. */
  admit(attendee: Attendee): Attendee {
    const known = this.presences.get(attendee.id);
    if (known) return known.attendee;
    if (this.presences.size >= MAX_KNOWN) this.forgetAbsent();
    this.presences.set(attendee.id, { attendee: { ...attendee }, sockets: 0, listening: false });
    return this.get(attendee.id) ?? attendee;
  }

  get(id: string): Attendee | undefined {
    return this.presences.get(id)?.attendee;
  }

  choose(id: string, language: string): void {
    const presence = this.presences.get(id);
    if (!presence || presence.attendee.language === language) return;
    presence.attendee.language = language;
    this.onChange();
  }

  /** A page has opened its events socket. @returns what to call when it closes. */
  reads(id: string): () => void {
    const presence = this.presences.get(id);
    if (!presence) return () => undefined;
    presence.sockets++;
    this.onChange();
    let open = true;
    return () => {
      if (!open) return;
      open = false;
      presence.sockets--;
      this.onChange();
    };
  }

  listens(id: string, listening: boolean): void {
    const presence = this.presences.get(id);
    if (!presence || presence.listening === listening) return;
    presence.listening = listening;
    this.onChange();
  }

  /** How many hear the language. */
  listeners(language: string): number {
    return this.count(language, ({ listening }) => listening);
  }

  /** How many hear or read the language: while there is one, it is worth interpreting. */
  audience(language: string): number {
    return this.count(language, ({ listening, sockets }) => listening || sockets > 0);
  }

  all(): readonly Attendee[] {
    return [...this.presences.values()].map(({ attendee }) => attendee);
  }

  in(language: string): readonly Attendee[] {
    return this.all().filter((attendee) => attendee.language === language);
  }

  /** Their passes still let them in; only the language they had switched to is forgotten. */
  private forgetAbsent(): void {
    for (const [id, { sockets, listening }] of this.presences) {
      if (sockets === 0 && !listening) this.presences.delete(id);
    }
  }

  private count(language: string, test: (presence: Presence) => boolean): number {
    let count = 0;
    for (const presence of this.presences.values()) {
      if (presence.attendee.language === language && test(presence)) count++;
    }
    return count;
  }
}
