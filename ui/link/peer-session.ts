import { Backoff } from './backoff.ts';
import { asLinkError, type LinkError } from './problem.ts';
import { watchForReturn } from './return-watch.ts';
import { endSdpSession, exchangeSdp, type SdpAnswer, type SdpEndpoint } from './sdp-exchange.ts';

export type PeerStatus = 'idle' | 'connecting' | 'connected' | 'reconnecting';

export interface PeerSessionOptions {
  /** Adds the track or transceiver to a fresh connection. Runs inside the person's gesture the first time. */
  readonly prepare: (peer: RTCPeerConnection) => void;
  /** `renew`: the last endpoint's token was refused. */
  readonly endpoint: (renew: boolean) => Promise<SdpEndpoint>;
  readonly onChange: () => void;
  /** Answers whether to try again. */
  readonly onProblem: (problem: LinkError) => boolean;
}

/** ICE calls a short radio gap `disconnected` and often heals by itself; after this it is taken as lost. */
const DISCONNECTED_MS = 3_000;
/** From the POST to `connected`; on a LAN it takes a fifth of a second. */
const CONNECT_MS = 8_000;

/** One WebRTC connection to the box, made again for as long as it is wanted. */
export class PeerSession {
  status: PeerStatus = 'idle';
  peer: RTCPeerConnection | undefined;
  private readonly options: PeerSessionOptions;
  private readonly backoff = new Backoff(400, 6_000);
  private endpoint: SdpEndpoint | undefined;
  private answer: SdpAnswer | undefined;
  private timer: ReturnType<typeof setTimeout> | undefined;
  private stopWatching: (() => void) | undefined;

  constructor(options: PeerSessionOptions) {
    this.options = options;
  }

  start(): void {
    if (this.status !== 'idle') return;
    const stopWatching = watchForReturn(() => this.retryNow());
    // The box counts listeners: it is told at once. A page that comes back from the browser's cache connects anew.
    const leave = (): void => {
      this.leave();
      this.show('reconnecting');
    };
    window.addEventListener('pagehide', leave);
    this.stopWatching = () => {
      stopWatching();
      window.removeEventListener('pagehide', leave);
    };
    this.connect('connecting', false);
  }

  stop(): void {
    this.stopWatching?.();
    this.stopWatching = undefined;
    this.leave();
    this.backoff.reset();
    this.show('idle');
  }

  /** The other end says that the connection is over: it is made anew without waiting for its silence. */
  lost(): void {
    if (this.status === 'connected') this.retry(false);
  }

  private connect(status: PeerStatus, renew: boolean): void {
    this.leave();
    const peer = new RTCPeerConnection({ iceServers: [], bundlePolicy: 'max-bundle' });
    this.peer = peer;
    this.options.prepare(peer);
    peer.addEventListener('connectionstatechange', () => this.follow(peer));
    this.show(status);
    void this.negotiate(peer, renew);
  }

  private async negotiate(peer: RTCPeerConnection, renew: boolean): Promise<void> {
    const current = (): boolean => this.peer === peer;
    try {
      // The offer is made while the box is asked where to send it: the first sound comes that much sooner.
      const [endpoint, offer] = await Promise.all([this.options.endpoint(renew), this.offer(peer)]);
      if (!current()) return;
      const answer = await exchangeSdp(endpoint, offer);
      if (!current()) {
        endSdpSession(endpoint, answer.resource);
        return;
      }
      this.endpoint = endpoint;
      this.answer = answer;
      await peer.setRemoteDescription({ type: 'answer', sdp: answer.sdp });
      if (!current() || this.status === 'connected') return;
      this.timer = setTimeout(() => this.retry(false), CONNECT_MS);
    } catch (error) {
      if (!current()) return;
      const problem = asLinkError(error);
      if (this.options.onProblem(problem)) this.retry(problem.code === 'token_invalid');
      else this.stop();
    }
  }

  private async offer(peer: RTCPeerConnection): Promise<string> {
    const offer = await peer.createOffer();
    await peer.setLocalDescription(offer);
    return peer.localDescription?.sdp ?? offer.sdp ?? '';
  }

  private follow(peer: RTCPeerConnection): void {
    if (peer !== this.peer) return;
    const state = peer.connectionState;
    if (state === 'connected') {
      clearTimeout(this.timer);
      this.backoff.reset();
      this.show('connected');
    } else if (state === 'disconnected') {
      clearTimeout(this.timer);
      this.timer = setTimeout(() => this.connect('reconnecting', false), DISCONNECTED_MS);
    } else if (state === 'failed' || state === 'closed') {
      this.retry(false);
    }
  }

  private retry(renew: boolean): void {
    this.leave();
    this.show('reconnecting');
    this.timer = setTimeout(() => this.connect('reconnecting', renew), this.backoff.nextMs());
  }

  private retryNow(): void {
    if (this.status !== 'reconnecting' || this.peer !== undefined) return;
    this.connect('reconnecting', false);
  }

  private leave(): void {
    clearTimeout(this.timer);
    if (this.endpoint && this.answer) endSdpSession(this.endpoint, this.answer.resource);
    this.endpoint = undefined;
    this.answer = undefined;
    const peer = this.peer;
    this.peer = undefined;
    peer?.close();
  }

  private show(status: PeerStatus): void {
    if (this.status === status) return;
    this.status = status;
    this.options.onChange();
  }
}
