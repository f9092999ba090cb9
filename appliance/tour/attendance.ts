/** Someone who joined. `name` is personal data: shown to the guide, never logged. */
export interface Attendee {
  readonly id: string;
  readonly name: string | undefined;
  language: string;
}

interface Presence {
  readonly attendee: Attendee;
  sockets: number;
  listening: boolean;
}

interface Count {
  listeners: number;
  audience: number;
}

/** Anyone may ask to join, over and over: those who never came are forgotten beyond this many. */
const MAX_KNOWN = 5_000;

/** Who is on the tour, in which language, and whether they hear or read it just now. */
export class Attendance {
  private readonly presences = new Map<string, Presence>();
  /** Kept up to date: a thousand phones come within seconds, and each asks for every language's count. */
  private readonly counts = new Map<string, Count>();
  private readonly onChange: () => void;

  constructor({ onChange }: { onChange: () => void }) {
    this.onChange = onChange;
  }

  /** Lets in who holds a valid token; who is known already keeps their language. */
  admit(attendee: Attendee): Attendee {
    const known = this.presences.get(attendee.id);
    if (known) return known.attendee;
    if (this.presences.size >= MAX_KNOWN) this.forgetAbsent();
    const admitted = { ...attendee };
    this.presences.set(attendee.id, { attendee: admitted, sockets: 0, listening: false });
    return admitted;
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

  /** A page has opened its events socket. @returns what to call when it closes. */
  reads(id: string): () => void {
    const presence = this.presences.get(id);
    if (!presence) return () => undefined;
    this.change(presence, () => presence.sockets++);
    let open = true;
    return () => {
      if (!open) return;
      open = false;
      this.change(presence, () => presence.sockets--);
    };
  }

  listens(id: string, listening: boolean): void {
    const presence = this.presences.get(id);
    if (!presence || presence.listening === listening) return;
    this.change(presence, () => {
      presence.listening = listening;
    });
  }

  /** How many hear the language. */
  listeners(language: string): number {
    return this.counts.get(language)?.listeners ?? 0;
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

  /** Their passes still let them in; only the language they had switched to is forgotten. */
  private forgetAbsent(): void {
    for (const [id, presence] of this.presences) if (!isPresent(presence)) this.presences.delete(id);
  }

  private change(presence: Presence, act: () => void): void {
    this.count(presence, -1);
    act();
    this.count(presence, 1);
    this.onChange();
  }

  private count(presence: Presence, by: 1 | -1): void {
    if (!isPresent(presence)) return;
    const { language } = presence.attendee;
    const count = this.counts.get(language) ?? { listeners: 0, audience: 0 };
    count.audience += by;
    if (presence.listening) count.listeners += by;
    if (count.audience > 0) this.counts.set(language, count);
    else this.counts.delete(language);
  }
}

function isPresent({ sockets, listening }: Presence): boolean {
  return listening || sockets > 0;
}
