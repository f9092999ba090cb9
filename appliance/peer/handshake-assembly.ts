import type { HandshakeFragment, HandshakeMessage } from './dtls-records.ts';

/** Certificates of players have hundreds of bytes, hellos with post-quantum keys two thousand. */
const MAX_MESSAGE = 2 ** 14;
/** What one phone may have waiting here, bytes. */
const MAX_HELD = 2 ** 15;

/** A message of which not every byte has come, or whose turn it is not yet. */
interface Held extends HandshakeMessage {
  /** By byte: whether it has come. */
  readonly has: Uint8Array;
  missing: number;
}

/**
 * Puts handshake messages together (RFC 6347, 4.2.3): their parts come in any order, repeated, overlapping, and those of
 * several messages mixed. What would take too much room makes the oldest go; it comes again.
 */
export class HandshakeAssembly {
  private held = new Map<number, Held>();

  /** One more part. What is whole then is in {@link take}. */
  add({ type, length, sequence, offset, part }: HandshakeFragment): void {
    if (length > MAX_MESSAGE) return;
    let message = this.held.get(sequence);
    // Only a newcomer with another message can contradict itself: the newest word counts.
    if (message?.type !== type || message.body.length !== length) {
      this.held.delete(sequence);
      message = { type, sequence, body: Buffer.alloc(length), has: new Uint8Array(length), missing: length };
      this.makeRoom(length);
      this.held.set(sequence, message);
    }
    for (let i = 0; i < part.length; i++) {
      const at = offset + i;
      message.missing -= 1 - (message.has[at] ?? 1);
      message.has[at] = 1;
    }
    part.copy(message.body, offset);
  }

  /** The first whole message that `isNext` lets through. It is no longer held. */
  take(isNext: (message: HandshakeMessage) => boolean): HandshakeMessage | undefined {
    for (const message of [...this.held.values()].toSorted((a, b) => a.sequence - b.sequence)) {
      if (message.missing > 0 || !isNext(message)) continue;
      this.held.delete(message.sequence);
      return message;
    }
    return undefined;
  }

  /** Nothing more is expected. */
  clear(): void {
    this.held.clear();
  }

  private makeRoom(length: number): void {
    let total = length;
    for (const { body } of this.held.values()) total += body.length;
    for (const [sequence, { body }] of this.held) {
      if (total <= MAX_HELD) return;
      this.held.delete(sequence);
      total -= body.length;
    }
  }
}
