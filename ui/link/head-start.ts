/**
 * What a visitor's page has begun before its program was there (ui/visitor/still/head-start.ts), and where the program
 * takes it over: each thing once, by whoever would begin the same. Without it, everything begins here.
 */
export interface HeadStart {
  /** Calls under way, by {@link callKey}. */
  readonly calls: Map<string, Promise<Response>>;
  readonly audio: HTMLAudioElement;
  peer: RTCPeerConnection | undefined;
  /** Of the peer; it comes when the box has been sent it, or cannot be. */
  readonly offer: Promise<string>;
  /** Whether the box's answer is set on the peer. */
  readonly answered: Promise<boolean>;
  /** It stands, or cannot be made ahead: the program keeps nothing waiting. */
  readonly connected: Promise<unknown>;
  events: EventsAhead | undefined;
  /** What was tapped meanwhile. */
  tapped: 'listen' | 'read' | undefined;
  /** From now on the program hears of taps. */
  readonly end: () => void;
}

/** The events of the tour, from before anybody heard them. */
export interface EventsAhead {
  readonly socket: WebSocket;
  /** Who takes the socket has what came so far, and hears the rest. */
  readonly take: () => readonly unknown[];
}

declare global {
  interface Window {
    headStart?: HeadStart;
  }
}

export const PEER: RTCConfiguration = { iceServers: [], bundlePolicy: 'max-bundle' };

/** An offer is like no other; what its address says of the visitor the box is told again. */
export const callKey = (path: string, body: unknown): string =>
  `${path.replace(/\?.*/, '')} ${typeof body === 'string' ? body : ''}`;

/** The same call, if it is under way. */
export function callUnderWay(path: string, body: unknown): Promise<Response> | undefined {
  const calls = window.headStart?.calls;
  const key = callKey(path, body);
  const call = calls?.get(key);
  calls?.delete(key);
  return call;
}

/** A socket at the same address, if one was opened. */
export function socketUnderWay({ pathname, searchParams }: URL): EventsAhead | undefined {
  const { headStart } = window;
  const events = headStart?.events;
  if (!headStart || !events) return undefined;
  const opened = new URL(events.socket.url);
  const same = opened.pathname === pathname && opened.searchParams.get('token') === searchParams.get('token');
  if (!same) return undefined;
  headStart.events = undefined;
  return events;
}

const begun = new WeakSet<RTCPeerConnection>();

/** The connection that was begun, or a fresh one. */
export function peerUnderWay(): RTCPeerConnection {
  const { headStart } = window;
  const peer = headStart?.peer;
  if (!headStart || !peer) return new RTCPeerConnection(PEER);
  headStart.peer = undefined;
  begun.add(peer);
  return peer;
}

/** The offer that was made ahead on this connection. */
export const offerUnderWay = (peer: RTCPeerConnection): Promise<string> | undefined =>
  begun.has(peer) ? window.headStart?.offer : undefined;

/** Whether the answer is set without anybody's doing. */
export async function isAnswered(peer: RTCPeerConnection): Promise<boolean> {
  return begun.has(peer) && (await window.headStart?.answered) === true;
}
