import { setTimeout as wait } from 'node:timers/promises';
import type { Log } from '../../log.ts';
import { type AnnouncedRecord, type HeardRecord, type Offer, recordsOf, sameName } from './records.ts';
import { Responder } from './responder.ts';

export interface AnnouncementOptions {
  /** The name wanted, without `.local`; another box that has it keeps it. */
  readonly name: string;
  /** The box's addresses on the visitors' networks, as they are now. */
  readonly addresses: () => readonly string[];
  /** All of the box's own, so that it does not quarrel with itself. */
  readonly own: () => readonly string[];
  /** What is offered, as it is now. */
  readonly offers: () => readonly Offer[];
  readonly log: Log;
  readonly lookMs?: number;
}

/** RFC 6762, 8.1: three questions, 250 ms apart. */
const PROBES = 3;
const PROBE_MS = 250;
const LOOK_MS = 2_000;
const MOST_NAMES = 100;

/**
 * The box's name and offers on the networks of its visitors, by multicast DNS. Follows addresses as they come and go,
 * and steps aside to `NAME-2` when somebody has the name already (RFC 6762, 9).
 */
export class Announcement {
  private readonly options: AnnouncementOptions;
  private responders: readonly Responder[] = [];
  private told = '';
  private number = 1;
  private conflict = false;
  /** Nobody objected to the name where it is now announced. */
  private claimed = false;
  private running = false;
  private failing = false;
  private following: Promise<void> = Promise.resolve();
  private readonly stopping = new AbortController();

  constructor(options: AnnouncementOptions) {
    this.options = options;
  }

  /** Without `.local`. */
  get name(): string {
    const { name } = this.options;
    return this.number === 1 ? name : `${name}-${this.number}`;
  }

  start(): void {
    this.running = true;
    this.following = this.follow();
  }

  async stop(): Promise<void> {
    this.running = false;
    this.stopping.abort();
    await this.following;
    await Promise.all(this.responders.map((responder) => responder.stop()));
    this.responders = [];
  }

  private async follow(): Promise<void> {
    const { log, lookMs = LOOK_MS } = this.options;
    while (this.running) {
      try {
        await this.look();
        this.failing = false;
      } catch (error) {
        // Silence on mDNS is not worth more than a line: the QR code leads to an address.
        if (!this.failing) log.warn({ err: error }, 'the box’s name cannot be announced now');
        this.failing = true;
        await this.leave();
      }
      await wait(lookMs, undefined, { ref: false, signal: this.stopping.signal }).catch(() => undefined);
    }
  }

  /** Brings what is announced in line with what is. */
  private async look(): Promise<void> {
    const addresses = this.options.addresses();
    const moved = addresses.join() !== this.responders.map(({ address }) => address).join();
    if (moved) await this.move(addresses);
    if (addresses.length === 0) return;
    if (moved || this.conflict) {
      this.claimed = false;
      await this.claim();
    }
    const telling = JSON.stringify([this.name, this.options.offers()]);
    if (!this.running || (!moved && telling === this.told)) return;
    this.told = telling;
    for (const responder of this.responders) await responder.announce(this.recordsOn(responder));
  }

  private async move(addresses: readonly string[]): Promise<void> {
    await this.leave();
    this.claimed = false;
    this.conflict = false;
    const responders = addresses.map(
      (address) =>
        new Responder({
          address,
          onRecord: (record, from) => this.hear(record, from),
          onFailure: (error) => {
            this.options.log.warn({ err: error, address }, 'multicast DNS has failed here');
            // The next look finds that nobody speaks there.
            this.responders = this.responders.filter((each) => each.address !== address);
          },
        }),
    );
    this.responders = responders;
    await Promise.all(responders.map((responder) => responder.start()));
  }

  private async leave(): Promise<void> {
    const { responders } = this;
    this.responders = [];
    await Promise.all(responders.map((responder) => responder.stop()));
  }

  /** Asks for the name until nobody says that it is theirs. */
  private async claim(): Promise<void> {
    while (this.running && this.number < MOST_NAMES) {
      this.conflict = false;
      for (let probe = 0; probe < PROBES && !this.conflict; probe++) {
        await Promise.all(this.responders.map((responder) => responder.probe(this.recordsOn(responder))));
        await wait(PROBE_MS, undefined, { signal: this.stopping.signal }).catch(() => undefined);
      }
      if (!this.conflict) {
        this.claimed = true;
        return;
      }
      this.number++;
      this.options.log.info({ name: this.name }, 'another box has the name; taking the next');
    }
  }

  private recordsOn({ address }: Responder): AnnouncedRecord[] {
    return recordsOf({ name: this.name, address, offers: this.options.offers() });
  }

  private names(): string[] {
    return [
      `${this.name}.local`,
      ...this.options.offers().map(({ type }) => `${this.name}._${type}._tcp.local`),
    ];
  }

  /**
   * Somebody else's word about a name of ours. Of two that both have it already, the one with the lower address steps
   * aside, so that one of them stays.
   */
  private hear(record: HeardRecord, from: string): void {
    const address = from.replace(/%.*/, '');
    if (record.ttl === 0 || record.type === 'PTR' || this.options.own().includes(address)) return;
    if (!this.names().some((own) => sameName(own, record.name))) return;
    if (!this.claimed || this.responders.some(({ source }) => isLower(source, address))) this.conflict = true;
    // Said again, for the other to hear whose the name is.
    else this.told = '';
  }
}

function isLower(a: string, b: string): boolean {
  return Buffer.compare(bytesOf(a), bytesOf(b)) < 0;
}

function bytesOf(address: string): Buffer {
  if (!address.includes(':')) return Buffer.from(address.split('.').map(Number));
  const [head = [], tail = []] = address.split('::').map((half) => half.split(':').filter(Boolean));
  const zeros = Array.from({ length: Math.max(0, 8 - head.length - tail.length) }, () => '0');
  const groups = [...head, ...zeros, ...tail].map((group) => group.padStart(4, '0'));
  return Buffer.from(groups.join(''), 'hex');
}
