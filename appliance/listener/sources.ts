import { newSource, type RtpProgress, type RtpSource } from '../peer/rtp-stream.ts';

/** What is heard as one stream, whatever connection carries it: an attendee's, while their pass lives. */
export interface Source {
  readonly tour: string;
  readonly rtp: RtpSource;
  /** Where the latest connection has left off; nothing before one is over. */
  sent: RtpProgress | undefined;
}

/** As many as a tour knows attendees. */
const MOST = 5_000;

/** All attendees' sources; beyond {@link MOST}, who has not offered for longest begins anew. In memory only. */
export class Sources {
  private readonly byAttendee = new Map<string, Source>();

  take(attendee: string, tour: string): Source {
    const source = this.byAttendee.get(attendee) ?? { tour, rtp: newSource(), sent: undefined };
    this.byAttendee.delete(attendee);
    this.byAttendee.set(attendee, source);
    const [oldest] = this.byAttendee.keys();
    if (this.byAttendee.size > MOST && oldest !== undefined) this.byAttendee.delete(oldest);
    return source;
  }

  /** The tour is no more. */
  clear(tour: string): void {
    for (const [attendee, source] of this.byAttendee)
      if (source.tour === tour) this.byAttendee.delete(attendee);
  }
}
