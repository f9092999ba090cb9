import type { Channel } from '../channel/channel.ts';
import { type Diversions, NO_DIVERSIONS } from '../channel/diversions.ts';
import type { IceAnswer } from '../peer/ice-fragment.ts';
import type { Offer } from '../peer/offer.ts';
import type { RtpProgress } from '../peer/rtp-stream.ts';
import { UbizoError } from '../protocol/errors.ts';
import type { Shards } from '../shard/shards.ts';
import { Attempts } from './attempts.ts';
import { FirstSounds } from './first-sounds.ts';
import { Listener } from './listener.ts';
import { Recoveries } from './recoveries.ts';
import { type Source, Sources } from './sources.ts';

/**
 * So many connections may be in the making at once; a handshake costs a small board 20 ms, and who hears already comes
 * first. Where phones' checks do not arrive none is being made: after this long they count no more, ms.
 */
const MOST_IN_THE_MAKING = 100;
const IN_THE_MAKING_MS = 3_000;
/** A phone that is told to come later, s; phones add to it by chance. */
const COME_BACK_S = 1;

export interface ListenersOptions {
  readonly shards: Shards;
  /** Who hears something else than the channel they have chosen. */
  readonly diversions?: Diversions;
  /** How many the box serves; who comes then reads the captions. Who only waits gives way. */
  readonly max: number;
  /** Who are sent sound by another way share its room; whoever changes from one way to another needs no more of it. */
  readonly elsewhere?: (attendee: string) => { readonly count: number; readonly has: boolean };
}

const NOBODY = { count: 0, has: false };

/** All the attendees' connections, by their WHEP resource. */
export class Listeners {
  readonly recoveries = new Recoveries();
  readonly attempts = new Attempts();
  readonly firstSounds = new FirstSounds();
  private readonly options: ListenersOptions;
  private readonly diversions: Pick<Diversions, 'of' | 'subscribe'>;
  private readonly sources = new Sources();
  private readonly byId = new Map<string, Listener>();
  private readonly current = new Map<string, Listener>();
  private readonly observers = new Set<(listener: Listener) => void>();
  private readonly byAttendee = new Map<string, (listener: Listener) => void>();
  private opening = 0;

  constructor(options: ListenersOptions) {
    this.options = options;
    this.diversions = options.diversions ?? NO_DIVERSIONS;
    this.diversions.subscribe((attendee) => this.of(attendee)?.retune());
  }

  get all(): Iterable<Listener> {
    return this.byId.values();
  }

  /** Who is sent sound. */
  get size(): number {
    return this.byId.size - this.waiting;
  }

  /** How many may be. */
  get most(): number {
    return this.options.max;
  }

  /** Who is connected ahead of the tap that begins the sound. */
  get waiting(): number {
    let count = 0;
    for (const listener of this.byId.values()) if (listener.waiting) count++;
    return count;
  }

  /** Called on every change of a listener's state, language or quality. */
  subscribe(observer: (listener: Listener) => void): () => void {
    this.observers.add(observer);
    return () => {
      this.observers.delete(observer);
    };
  }

  /** The same for one attendee's own page; the newest page is the one that is told. */
  subscribeTo(attendee: string, observer: (listener: Listener) => void): () => void {
    this.byAttendee.set(attendee, observer);
    return () => {
      if (this.byAttendee.get(attendee) === observer) this.byAttendee.delete(attendee);
    };
  }

  /**
   * Answers an offer; an attendee's earlier connection gives way, so a phone that comes back is never heard twice. Its
   * stream goes on: the same source, and numbers and times from where they were.
   * @throws UbizoError `bad_sdp`, `listeners_full`, `media_port_unavailable`; `box_busy` with when to come back.
   */
  async open({
    tour,
    attendee,
    offer,
    addresses,
    channel,
    waiting = false,
  }: {
    tour: string;
    attendee: string;
    offer: Offer;
    addresses: readonly string[];
    channel: Channel;
    /** Nothing is sent until they {@link begin}. */
    waiting?: boolean;
  }): Promise<{ listener: Listener; answer: IceAnswer }> {
    const { shards } = this.options;
    const others = this.options.elsewhere?.(attendee) ?? NOBODY;
    try {
      this.expectTurn();
      if (!this.current.has(attendee) && !others.has) this.expectRoom(others.count);
    } catch (error) {
      this.attempts.refuse();
      throw error;
    }
    const listener = new Listener({
      tour,
      attendee,
      waiting,
      diversions: this.diversions,
      onChange: (changed) => this.changed(changed),
    });
    const source = this.sources.take(attendee, tour);
    const from = source.sent;
    this.opening++;
    try {
      const { peer, answer } = await shards.open({
        offer,
        addresses,
        source: source.rtp,
        from,
        events: {
          onState: listener.changed,
          onReport: listener.reported,
          onSent: (sent) => this.leave(source, attendee, sent),
        },
      });
      listener.attach(peer);
      this.attempts.begin(listener);
      listener.tune(channel);
      const before = this.current.get(attendee);
      this.byId.set(listener.id, listener);
      this.current.set(attendee, listener);
      // What it goes on from may have ended while the offer was answered.
      if (source.sent && source.sent !== from) listener.goOn(source.sent);
      before?.close();
      return { listener, answer };
    } catch (error) {
      this.attempts.refuse();
      throw error;
    } finally {
      this.opening--;
    }
  }

  /** Who has waited is sent sound. @throws UbizoError `listeners_full`: then they are hung up on. */
  begin(listener: Listener, channel: Channel): void {
    if (!listener.waiting) return;
    const others = this.options.elsewhere?.(listener.attendee) ?? NOBODY;
    if (!others.has && this.size + others.count >= this.options.max) {
      listener.close();
      throw full();
    }
    listener.begin(channel);
  }

  /** @throws UbizoError `listener_not_found`. */
  get(id: string, attendee: string): Listener {
    const listener = this.byId.get(id);
    if (!listener || listener.attendee !== attendee) {
      throw new UbizoError('listener_not_found', 'This connection is over; offer a new one.');
    }
    return listener;
  }

  of(attendee: string): Listener | undefined {
    return this.current.get(attendee);
  }

  close(listener: Listener): void {
    listener.close();
  }

  /** Hangs up on everyone of a tour that is no more. */
  closeTour(tour: string): void {
    for (const listener of this.byId.values()) if (listener.tour === tour) listener.close();
    this.sources.clear(tour);
  }

  /** Two hundred phones that come back in one moment are let in one after the other. @throws UbizoError `box_busy`. */
  private expectTurn(): void {
    const since = performance.now() - IN_THE_MAKING_MS;
    let count = this.opening;
    for (const { state, openedAt } of this.byId.values())
      if (state === 'connecting' && openedAt > since) count++;
    if (count < MOST_IN_THE_MAKING) return;
    throw new UbizoError('box_busy', 'Many phones connect at this moment. Yours is next.', {
      retryAfterS: COME_BACK_S,
    });
  }

  /** Who has waited longest gives way. @throws UbizoError `listeners_full`. */
  private expectRoom(others: number): void {
    if (this.byId.size + this.opening + others < this.options.max) return;
    for (const listener of this.byId.values()) {
      if (!listener.waiting) continue;
      listener.close();
      return;
    }
    throw full();
  }

  /** One connection is over; another may have taken its place already. */
  private leave(source: Source, attendee: string, sent: RtpProgress): void {
    source.sent = sent;
    this.of(attendee)?.goOn(sent);
  }

  private changed(listener: Listener): void {
    this.attempts.look(listener);
    const closed = listener.state === 'closed';
    if (closed) this.byId.delete(listener.id);
    // Who has come back already on another connection has not left.
    if (this.current.get(listener.attendee) !== listener) return;
    if (closed) this.current.delete(listener.attendee);
    for (const observer of this.observers) observer(listener);
    this.byAttendee.get(listener.attendee)?.(listener);
  }
}

function full(): UbizoError {
  return new UbizoError(
    'listeners_full',
    'The box cannot send sound to more phones. You can read along; sound starts when someone leaves.',
  );
}
