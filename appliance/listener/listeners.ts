import { nanoid } from 'nanoid';
import type { Channel } from '../channel/channel.ts';
import type { Log } from '../log.ts';
import type { Offer } from '../peer/offer.ts';
import { UbizoError } from '../protocol/errors.ts';
import { Listener } from './listener.ts';

/** A phone checks its path every few seconds (RFC 7675); after this long without a word it is gone, ms. */
const VANISHED_AFTER_MS = 30_000;
const SWEEP_MS = 5_000;

export interface ListenersOptions {
  readonly log: Log;
  readonly portRange?: readonly [number, number] | undefined;
}

/** All the connections to phones, by their WHEP resource. */
export class Listeners {
  private readonly options: ListenersOptions;
  private readonly byId = new Map<string, Listener>();
  private readonly observers = new Set<(listener: Listener) => void>();
  private readonly byAttendee = new Map<string, (listener: Listener) => void>();
  private sweeper: NodeJS.Timeout | undefined;

  constructor(options: ListenersOptions) {
    this.options = options;
  }

  get size(): number {
    return this.byId.size;
  }

  start(): void {
    this.sweeper = setInterval(() => this.sweep(), SWEEP_MS);
  }

  async stop(): Promise<void> {
    clearInterval(this.sweeper);
    await Promise.allSettled([...this.byId.values()].map((listener) => listener.close()));
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
   * Answers an offer; an attendee's earlier connection gives way, so a phone that comes back is never heard twice.
   * @throws UbizoError `bad_sdp`, `unsupported_sdp`.
   */
  async open({
    tour,
    attendee,
    offer,
    addresses,
    channel,
  }: {
    tour: string;
    attendee: string;
    offer: Offer;
    addresses: readonly string[];
    channel: Channel;
  }): Promise<{ listener: Listener; answer: string }> {
    const listener = new Listener({
      id: nanoid(),
      tour,
      attendee,
      addresses,
      portRange: this.options.portRange,
      onChange: (changed) => this.changed(changed),
    });
    this.byId.set(listener.id, listener);
    try {
      const answer = await listener.answer(offer);
      listener.tune(channel);
      await this.closeOthers(listener);
      return { listener, answer };
    } catch (error) {
      this.byId.delete(listener.id);
      await listener.close();
      throw error;
    }
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
    for (const listener of this.byId.values()) if (listener.attendee === attendee) return listener;
    return undefined;
  }

  async close(listener: Listener): Promise<void> {
    await listener.close();
    this.byId.delete(listener.id);
  }

  /** Hangs up on everyone of a tour that is no more. */
  async closeTour(tour: string): Promise<void> {
    for (const listener of this.byId.values()) if (listener.tour === tour) await this.close(listener);
  }

  private async closeOthers(kept: Listener): Promise<void> {
    for (const other of this.byId.values()) {
      if (other !== kept && other.attendee === kept.attendee) await this.close(other);
    }
  }

  private changed(listener: Listener): void {
    if (listener.state === 'closed' && this.byId.delete(listener.id)) void listener.close();
    for (const observer of this.observers) observer(listener);
    this.byAttendee.get(listener.attendee)?.(listener);
  }

  private sweep(): void {
    const now = performance.now();
    for (const listener of this.byId.values()) {
      if (now - listener.lastHeardAt < VANISHED_AFTER_MS) continue;
      this.options.log.info({ listener: listener.id }, 'listener vanished');
      void this.close(listener);
    }
  }
}
