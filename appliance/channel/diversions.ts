import type { Channel } from './channel.ts';

/** What is heard in a channel's place. For one and the same channel always one and the same. */
export type Diversion = (channel: Channel) => Channel;

/**
 * Visitors who for a while hear something else than the channel they have chosen, in whatever way they hear: the choice
 * stands, and is heard again afterwards.
 */
export class Diversions {
  private readonly byAttendee = new Map<string, Diversion>();
  private readonly observers = new Set<(attendee: string) => void>();

  /** What this visitor hears who has chosen `channel`. */
  of(attendee: string, channel: Channel): Channel {
    return this.byAttendee.get(attendee)?.(channel) ?? channel;
  }

  /** A later one takes the place of an earlier one. @returns what ends this one, if it still is. */
  divert(attendee: string, diversion: Diversion): () => void {
    this.byAttendee.set(attendee, diversion);
    this.tell(attendee);
    return () => {
      if (this.byAttendee.get(attendee) !== diversion) return;
      this.byAttendee.delete(attendee);
      this.tell(attendee);
    };
  }

  /** Told when somebody is to hear something else. */
  subscribe(observer: (attendee: string) => void): () => void {
    this.observers.add(observer);
    return () => {
      this.observers.delete(observer);
    };
  }

  private tell(attendee: string): void {
    for (const observer of this.observers) observer(attendee);
  }
}

/** Everybody hears what they have chosen. */
export const NO_DIVERSIONS: Pick<Diversions, 'of' | 'subscribe'> = {
  of: (_, channel) => channel,
  subscribe: () => () => undefined,
};
