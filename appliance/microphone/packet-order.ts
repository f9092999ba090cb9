/** Packets held for one that is late; more and it is given up: three are 60 ms of speech. */
const MAX_HELD = 3;
/** Of a longer gap only the beginning is named missing: its time has passed, and who fills it must not run ahead. */
const MAX_MISSING = 5;

/**
 * Puts RTP packets back into order (RFC 3550, 5.1: 16-bit sequence numbers that wrap) and says which are missing.
 * A stream that jumps far is taken as a new one.
 */
export class PacketOrder {
  private readonly onPacket: (payload: Uint8Array) => void;
  private readonly onMissing: () => void;
  private readonly held = new Map<number, Uint8Array>();
  private next: number | undefined;

  constructor({ onPacket, onMissing }: { onPacket: (payload: Uint8Array) => void; onMissing: () => void }) {
    this.onPacket = onPacket;
    this.onMissing = onMissing;
  }

  push(sequenceNumber: number, payload: Uint8Array): void {
    this.next ??= sequenceNumber;
    const ahead = (sequenceNumber - this.next) & 0xffff;
    if (ahead >= 0x8000) {
      const behind = 0x10000 - ahead;
      if (behind < 100) return;
      this.restart(sequenceNumber);
    } else if (ahead > 100) this.restart(sequenceNumber);
    this.held.set(sequenceNumber, payload);
    this.drain();
    while (this.held.size >= MAX_HELD && this.next !== undefined) {
      const { next } = this;
      const gap = Math.min(...[...this.held.keys()].map((held) => (held - next) & 0xffff));
      for (let missing = 0; missing < Math.min(gap, MAX_MISSING); missing++) this.onMissing();
      this.next = (next + gap) & 0xffff;
      this.drain();
    }
  }

  private restart(sequenceNumber: number): void {
    this.held.clear();
    this.next = sequenceNumber;
  }

  private drain(): void {
    while (this.next !== undefined) {
      const payload = this.held.get(this.next);
      if (!payload) return;
      this.held.delete(this.next);
      this.next = (this.next + 1) & 0xffff;
      this.onPacket(payload);
    }
  }
}
