/** What has to be known of one outgoing RTP packet to protect it; the caller reuses one object. */
export interface PacketPlace {
  /** Where the packet lies, from its start: header, room for the payload, room for the tag. */
  buffer: Buffer;
  readonly headerLength: number;
  /** Times the sequence number has wrapped (RFC 3711, 3.3.1). */
  rollover: number;
  sequenceNumber: number;
}

/** Turns payloads into SRTP for one listener. Hot path: called once per packet, keeps what it needs between calls. */
export interface Protector {
  /**
   * Writes `payload`, encrypted, behind the header that stands at `place`, and the authentication tag behind it.
   * `payload` is only read: it belongs to everyone who hears the channel. @returns the length of the whole packet.
   */
  protect(place: PacketPlace, payload: Uint8Array): number;
}
