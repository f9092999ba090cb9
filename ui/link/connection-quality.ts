import type { ReactiveController, ReactiveControllerHost } from 'lit';

export type Quality = 'good' | 'fair' | 'poor' | 'unknown';

/** The running totals of an inbound audio stream, as getStats() has them. */
export interface ReceivedTotals {
  readonly packets: number;
  readonly lost: number;
  readonly jitterMs: number;
}

/** Where speech begins to suffer: Opus hides a few lost frames in a hundred, a voice with a tenth missing is hard to follow. */
const FAIR_LOSS = 0.03;
const POOR_LOSS = 0.1;
const FAIR_JITTER_MS = 60;
const POOR_JITTER_MS = 150;

/** Judges what happened between two looks. In silence nothing is sent, so few packets say nothing. */
export function judge(before: ReceivedTotals, after: ReceivedTotals): Quality {
  const received = after.packets - before.packets;
  const lost = Math.max(0, after.lost - before.lost);
  if (received + lost < 5) return 'unknown';
  const loss = lost / (received + lost);
  if (loss >= POOR_LOSS || after.jitterMs >= POOR_JITTER_MS) return 'poor';
  return loss >= FAIR_LOSS || after.jitterMs >= FAIR_JITTER_MS ? 'fair' : 'good';
}

const RANK: readonly Quality[] = ['unknown', 'good', 'fair', 'poor'];

export function worse(one: Quality, other: Quality): Quality {
  return RANK.indexOf(one) > RANK.indexOf(other) ? one : other;
}

/** Looks at a peer connection's statistics every two seconds. */
export class QualityMeter implements ReactiveController {
  quality: Quality = 'unknown';
  private readonly host: ReactiveControllerHost;
  private readonly peer: () => RTCPeerConnection | undefined;
  private timer: ReturnType<typeof setInterval> | undefined;
  private last: { peer: RTCPeerConnection; totals: ReceivedTotals } | undefined;

  constructor(host: ReactiveControllerHost, peer: () => RTCPeerConnection | undefined) {
    this.host = host;
    this.peer = peer;
    host.addController(this);
  }

  hostConnected(): void {
    this.timer = setInterval(() => void this.look(), 2_000);
  }

  hostDisconnected(): void {
    clearInterval(this.timer);
  }

  private async look(): Promise<void> {
    const peer = this.peer();
    if (peer?.connectionState !== 'connected') {
      this.last = undefined;
      return;
    }
    const totals = totalsOf(await peer.getStats());
    if (!totals) return;
    const last = this.last;
    this.last = { peer, totals };
    if (last?.peer !== peer) return;
    const quality = judge(last.totals, totals);
    if (quality === 'unknown' || quality === this.quality) return;
    this.quality = quality;
    this.host.requestUpdate();
  }
}

function totalsOf(report: RTCStatsReport): ReceivedTotals | undefined {
  let found: ReceivedTotals | undefined;
  // eslint-disable-next-line unicorn/no-array-for-each -- RTCStatsReport is no array and not iterable in its types
  report.forEach((entry: { type: string } & Partial<RTCInboundRtpStreamStats>) => {
    if (entry.type !== 'inbound-rtp') return;
    found = {
      packets: entry.packetsReceived ?? 0,
      lost: entry.packetsLost ?? 0,
      jitterMs: (entry.jitter ?? 0) * 1000,
    };
  });
  return found;
}
