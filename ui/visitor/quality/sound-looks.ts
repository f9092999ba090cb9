import type { SoundSpan } from '../../../appliance/protocol/quality.ts';

/** The running totals of the sound that comes in. */
export interface Totals {
  readonly packets: number;
  readonly lost: number;
  readonly samples: number;
  /** Invented, and no silence. */
  readonly concealed: number;
}

/** Something that plays sound, and what it says of that; undefined before there is any. */
export interface HeardSound {
  /** The same for as long as its totals run on. */
  readonly player: object;
  readonly totals: () => Totals | undefined | Promise<Totals | undefined>;
}

/** The sound of a connection, to be told of. */
export function ofPeer(peer: RTCPeerConnection): HeardSound {
  return { player: peer, totals: () => totalsOf(peer) };
}

/** What a connection says of its sound; undefined before there is any. */
async function totalsOf(peer: RTCPeerConnection): Promise<Totals | undefined> {
  let found: Totals | undefined;
  // eslint-disable-next-line unicorn/no-array-for-each -- RTCStatsReport is no array and not iterable in its types
  (await peer.getStats()).forEach((entry: { type: string } & Partial<RTCInboundRtpStreamStats>) => {
    if (entry.type !== 'inbound-rtp') return;
    found = {
      packets: entry.packetsReceived ?? 0,
      lost: entry.packetsLost ?? 0,
      samples: entry.totalSamplesReceived ?? 0,
      concealed: (entry.concealedSamples ?? 0) - (entry.silentConcealedSamples ?? 0),
    };
  });
  return found;
}

/** What happened between two looks. A packet that came after all was not lost. */
export function spanBetween(before: Totals, after: Totals, ms: number): SoundSpan {
  const more = (of: keyof Totals): number => Math.max(0, after[of] - before[of]);
  return {
    ms: Math.round(ms),
    packets: more('packets'),
    lost: more('lost'),
    samples: more('samples'),
    concealed: more('concealed'),
  };
}
