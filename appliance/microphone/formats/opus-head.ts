/** The first packet of a stream of Opus in Ogg (RFC 7845, 5.1). */
export interface OpusHead {
  readonly channels: number;
  readonly streamCount: number;
  readonly coupledStreamCount: number;
  readonly channelMappingTable: readonly number[];
  /** Samples at 48 kHz that are decoded and not heard. */
  readonly preSkip: number;
  /** What every sample is multiplied by. */
  readonly gain: number;
}

const MAX_CHANNELS = 8;

/** Undefined: another codec's, or one that nobody can play. */
export function opusHead(packet: Buffer): OpusHead | undefined {
  // A minor version changes nothing that is read here; a major one might.
  if (packet.length < 19 || packet.toString('latin1', 0, 8) !== 'OpusHead' || packet.readUInt8(8) > 15)
    return undefined;
  const channels = packet.readUInt8(9);
  const family = packet.readUInt8(18);
  const gain = 10 ** (packet.readInt16LE(16) / 256 / 20);
  const known = { channels, preSkip: packet.readUInt16LE(10), gain };
  if (family === 0) {
    if (channels !== 1 && channels !== 2) return undefined;
    const channelMappingTable = channels === 1 ? [0] : [0, 1];
    return { ...known, streamCount: 1, coupledStreamCount: channels - 1, channelMappingTable };
  }
  if (channels < 1 || channels > MAX_CHANNELS || packet.length < 21 + channels) return undefined;
  return {
    ...known,
    streamCount: packet.readUInt8(19),
    coupledStreamCount: packet.readUInt8(20),
    channelMappingTable: [...packet.subarray(21, 21 + channels)],
  };
}
