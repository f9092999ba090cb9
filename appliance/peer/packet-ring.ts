import { MAX_PAYLOAD } from './srtp/keystream.ts';

/** Header, payload, tag, on whole cache lines. */
const SLOT = Math.ceil((MAX_PAYLOAD + 12 + 16) / 64) * 64;
const SLOTS = 2_048;

/**
 * The one buffer that all packets of a thread are made in. A packet that the kernel could not take at once waits in
 * its slot; a slot comes round again only after as many packets as there are slots.
 */
export class PacketRing {
  readonly buffer = Buffer.alloc(SLOT * SLOTS);
  private slot = 0;

  /** Where the next packet may be written. */
  next(): number {
    this.slot = (this.slot + 1) % SLOTS;
    return this.slot * SLOT;
  }
}

/** More packets than this waiting in a socket, and the next ones are left out: they would overwrite these. */
export const MAX_WAITING = SLOTS / 2;
