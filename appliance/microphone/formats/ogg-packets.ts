import type { OggPage } from './ogg-pages.ts';

/** Sound in one packet is never longer; tags with pictures are, and are left out. */
const LONGEST_PACKET = 131_072;

/** Puts the packets of one stream together, which may go on from page to page (RFC 3533, 5). */
export class OggPackets {
  private parts: Buffer[] = [];
  private length = 0;

  /** Those that end on the page. */
  of({ segments, body, continued }: OggPage): Buffer[] {
    const packets: Buffer[] = [];
    if (!continued) this.drop();
    // What began on a page that was lost is not whole.
    let whole = !continued || this.parts.length > 0;
    let from = 0;
    let at = 0;
    for (const segment of segments) {
      at += segment;
      if (segment === 255) continue;
      this.add(body.subarray(from, at));
      if (whole && this.length <= LONGEST_PACKET) packets.push(Buffer.concat(this.parts));
      this.drop();
      whole = true;
      from = at;
    }
    if (at > from && whole) this.add(Buffer.from(body.subarray(from, at)));
    return packets;
  }

  private add(part: Buffer): void {
    this.length += part.length;
    if (this.length <= LONGEST_PACKET) this.parts.push(part);
  }

  private drop(): void {
    this.parts = [];
    this.length = 0;
  }
}
