import { createHmac, randomBytes } from 'node:crypto';

/** A tap counts for so long, ms. */
const FADES_MS = 60_000;
/** Of one address so many count: a room behind one router is heard, and one person with many passes is no crowd. */
const MOST_OF_AN_ADDRESS = 3;

export interface Tap {
  /** Their id. */
  readonly attendee: string;
  /** Of their connection. */
  readonly address: string;
}

/**
 * Who finds the guide too fast. Each visitor counts once; who they are is forgotten with the minute, and never told.
 * Addresses are kept apart from visitors, and only as what nobody can turn back into one.
 */
export class TooFast {
  /** When each has said so. */
  private readonly taps = new Map<string, number>();
  private readonly addresses: { readonly mark: string; readonly at: number }[] = [];
  private readonly secret = randomBytes(16);

  /** @param now ms, of any clock. @returns whether it counts: once a minute, and a few times of one address */
  tap({ attendee, address }: Tap, now: number): boolean {
    this.fade(now);
    if (this.taps.has(attendee)) return false;
    const mark = createHmac('sha256', this.secret).update(address).digest('base64');
    if (this.addresses.filter((each) => each.mark === mark).length >= MOST_OF_AN_ADDRESS) return false;
    this.addresses.push({ mark, at: now });
    this.taps.set(attendee, now);
    return true;
  }

  count(now: number): number {
    this.fade(now);
    return this.taps.size;
  }

  private fade(now: number): void {
    // Both in the order in which they came.
    while (this.addresses[0] && now - this.addresses[0].at >= FADES_MS) this.addresses.shift();
    for (const [attendee, at] of this.taps) {
      if (now - at < FADES_MS) return;
      this.taps.delete(attendee);
    }
  }
}
