import type { ConnectionView } from '../../../appliance/protocol/recovery.ts';
import { connectionSeen } from '../../link/api/visits.ts';
import { asLinkError } from '../../link/problem.ts';
import type { SdpEndpoint } from '../../link/sdp-exchange.ts';
import { WhepConnection } from '../../link/whep-connection.ts';
import { readSigns, type Signs } from '../listen/recovery/signs.ts';
import { type Finding, finding, type FindingCode } from './findings.ts';

/** Nothing is waited for longer, ms; the whole is over in less than ten seconds. */
const PATIENCE_MS = 4_000;
/** Packets that were sent arrive within this time, or are lost, ms. */
const WATCH_MS = 1_500;
/** A clock that is further off makes pages and certificates fail, ms. */
const CLOCK_MS = 300_000;

/** What of the page is looked at. */
export interface PhoneParts {
  readonly tour: string;
  readonly token: () => Promise<string>;
  /** Where a connection that sends nothing is had. */
  readonly endpoint: () => Promise<SdpEndpoint>;
  /** Asks the box for a word over the events; resolves when it comes. */
  readonly word: () => Promise<void>;
  /** The connection that brings the sound, if there is one. */
  readonly peer: RTCPeerConnection | undefined;
  /** The sound is wanted: the visitor has tapped, and not stopped it. */
  readonly wanted: boolean;
  readonly held: boolean;
  /** It comes by another way than WebRTC. */
  readonly otherWay: boolean;
}

/** Looks at everything at once. `onFinding`: as each comes in. @returns all, in their order. */
export async function lookAtPhone(
  parts: PhoneParts,
  onFinding: (finding: Finding) => void,
): Promise<readonly Finding[]> {
  const began = Date.now();
  const box = within(askBox(parts));
  const looks: readonly Promise<FindingCode>[] = [
    box.then((seen) => boxCode(seen)),
    within(parts.word()).then(
      (came): FindingCode => (came === 'late' ? 'E1' : 'E0'),
      (): FindingCode => 'E1',
    ),
    box.then((seen) => udpCode(parts, seen)),
    box.then(async (seen) => (isView(seen) ? socketCode(parts) : 'S9')),
    box.then((seen) => soundCode(parts, seen)),
    Promise.resolve(playingCode(parts)),
    box.then((seen) => clockCode(seen, began)),
    Promise.resolve<FindingCode>('M9'),
  ];
  return Promise.all(
    looks.map(async (look) => {
      const found = finding(await look);
      onFinding(found);
      return found;
    }),
  );
}

type Seen = ConnectionView | 'no-answer' | 'unknown-here' | 'late';

const isView = (seen: Seen): seen is ConnectionView => typeof seen === 'object';

async function askBox({ tour, token }: PhoneParts): Promise<Seen> {
  try {
    return await connectionSeen({ tour, token: await token() });
  } catch (error) {
    return asLinkError(error).code === 'box_unreachable' ? 'no-answer' : 'unknown-here';
  }
}

function boxCode(seen: Seen): FindingCode {
  if (isView(seen)) return 'B0';
  return seen === 'unknown-here' ? 'B2' : 'B1';
}

/** By the connection that there is, or else by one that is made for this and sends nothing. */
async function udpCode({ peer, endpoint, wanted }: PhoneParts, seen: Seen): Promise<FindingCode> {
  if (!isView(seen)) return 'U9';
  if (peer) {
    const { checksAnswered, secured } = await readSigns(peer);
    const path = peer.iceConnectionState;
    if (secured && (path === 'connected' || path === 'completed')) return 'U0';
    if (wanted) return checksAnswered > 0 && path !== 'failed' ? 'U0' : 'U1';
  }
  // While sound is wanted another connection would take the place of the one that brings it.
  if (wanted) return 'U1';
  return (await within(connects(endpoint))) === true ? 'U0' : 'U1';
}

async function connects(endpoint: PhoneParts['endpoint']): Promise<boolean> {
  const signal = AbortSignal.timeout(PATIENCE_MS);
  let trial: WhepConnection | undefined;
  try {
    return await new Promise<boolean>((resolve) => {
      trial = new WhepConnection({ onConnected: () => resolve(true), onFailed: () => resolve(false) });
      const offered = { endpoint: endpoint(), onOffered: () => undefined, signal };
      trial.open(offered).catch(() => resolve(false));
      signal.addEventListener('abort', () => resolve(false));
    });
  } finally {
    trial?.close();
  }
}

async function socketCode({ tour, token, otherWay }: PhoneParts): Promise<FindingCode> {
  // There is one, and another socket would take its place.
  if (otherWay) return 'S0';
  const query = new URLSearchParams({ token: await token(), trial: '' });
  const url = new URL(`/api/tours/${encodeURIComponent(tour)}/sound?${query.toString()}`, location.href);
  url.protocol = url.protocol === 'https:' ? 'wss:' : 'ws:';
  const socket = new WebSocket(url);
  const opened = new Promise<boolean>((resolve) => {
    socket.addEventListener('open', () => resolve(true));
    socket.addEventListener('close', () => resolve(false));
  });
  const code = (await within(opened)) === true ? 'S0' : 'S1';
  socket.close();
  return code;
}

/** Whether what the box sends arrives. */
async function soundCode({ peer, wanted, otherWay }: PhoneParts, seen: Seen): Promise<FindingCode> {
  if (otherWay) return 'P0';
  if (!isView(seen) || !wanted || !peer) return 'P9';
  const before: Signs = await readSigns(peer);
  await new Promise((resolve) => setTimeout(resolve, WATCH_MS));
  const after = await readSigns(peer);
  if (after.packets > before.packets) return 'P0';
  return (seen.seat?.soundingMs ?? 0) > 0 ? 'P2' : 'P1';
}

function playingCode({ wanted, held }: PhoneParts): FindingCode {
  if (!wanted) return 'A2';
  return held ? 'A1' : 'A0';
}

function clockCode(seen: Seen, began: number): FindingCode {
  if (!isView(seen)) return 'C9';
  return Math.abs((began + Date.now()) / 2 - seen.now) > CLOCK_MS ? 'C1' : 'C0';
}

function within<T>(promise: Promise<T>): Promise<T | 'late'> {
  return Promise.race([
    promise,
    new Promise<'late'>((resolve) => setTimeout(() => resolve('late'), PATIENCE_MS)),
  ]);
}
