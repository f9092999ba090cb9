/** No contributing sources, no extensions (RFC 3550, 5.1). */
export const HEADER = 12;

/** What has to be known of one outgoing RTP packet to protect it; the caller reuses one object. */
export interface PacketPlace {
  /** Where the packet lies, from its start: header of {@link HEADER} bytes, room for the payload, room for the tag. */
  buffer: Buffer;
  /** Times the sequence number has wrapped (RFC 3711, 3.3.1). */
  rollover: number;
  sequenceNumber: number;
}

/** Turns payloads into SRTP for one listener. Hot path: called once per packet, keeps what it needs between calls. */
export interface Protector {
  /**
   * Writes `payload`, encrypted, behind the header that stands at `place`, and the authentication tag behind it.
   * `payload` is only read: it belongs to everyone who hears the channel, and nobody changes it from now on.
   * @returns the length of the whole packet.
   */
  protect(place: PacketPlace, payload: Uint8Array): number;
  /** Gives back what it holds, keys included. Not used from then on. */
  close(): void;
}
