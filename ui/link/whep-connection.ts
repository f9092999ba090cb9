import { isAnswered, offerUnderWay, peerUnderWay } from './head-start.ts';
import { offerThrough } from './ice-servers.ts';
import { endSdpSession, exchangeSdp, type SdpEndpoint } from './sdp-exchange.ts';

export interface WhepConnectionOptions {
  /** Encrypted from end to end: packets may come. */
  readonly onConnected: () => void;
  /** The browser has given it up, or the box has ended it. */
  readonly onFailed: () => void;
}

export interface Session {
  readonly endpoint: SdpEndpoint;
  readonly resource: string;
  answer: string;
}

/** One connection by which this page receives sound (WHEP), from its offer to its end. It is not made again. */
export class WhepConnection {
  readonly peer = peerUnderWay();
  /** The track exists before anything was negotiated, so play() can be called inside the tap. */
  readonly stream: MediaStream;
  /** Who hears of it. */
  options: WhepConnectionOptions;
  /** What the box has answered. */
  session: Session | undefined;
  private over = false;

  constructor(options: WhepConnectionOptions) {
    this.options = options;
    const [transceiver = this.peer.addTransceiver('audio', { direction: 'recvonly' })] =
      this.peer.getTransceivers();
    const { receiver } = transceiver;
    this.stream = new MediaStream([receiver.track]);
    this.peer.addEventListener('connectionstatechange', () => this.follow());
  }

  /** The box may still know it. */
  get hasSession(): boolean {
    return !this.over && this.session !== undefined;
  }

  /** It may find a way that is not the box's own, which takes longer. */
  get mayBeRelayed(): boolean {
    return (this.peer.getConfiguration().iceServers ?? []).length > 0;
  }

  /** ICE holds its path for good. */
  get onPath(): boolean {
    const { iceConnectionState: state } = this.peer;
    return !this.over && (state === 'connected' || state === 'completed');
  }

  /** Offers, and takes the answer. `onOffered`: the offer is on its way. @throws LinkError why the box takes no offer. */
  async open({
    endpoint,
    onOffered,
    signal,
  }: {
    endpoint: Promise<SdpEndpoint>;
    onOffered: () => void;
    signal: AbortSignal;
  }): Promise<void> {
    // The offer is made while the box is asked where to send it: the first sound comes that much sooner.
    const [where, offer] = await Promise.all([endpoint, offerUnderWay(this.peer) ?? this.offer()]);
    if (this.over) return;
    onOffered();
    const through = await offerThrough(this.peer, offer, where.iceServers);
    const { sdp, resource } = await exchangeSdp(where, through, signal);
    if (this.gone()) {
      endSdpSession(where, resource);
      return;
    }
    this.session = { endpoint: where, resource, answer: sdp };
    if (!(await isAnswered(this.peer))) await this.peer.setRemoteDescription({ type: 'answer', sdp });
    // One that was begun ahead may stand already; first its answer is told.
    setTimeout(() => this.follow());
  }

  /** `told`: the box knows already. */
  close({ told = false } = {}): void {
    if (this.over) return;
    this.over = true;
    if (this.session && !told) endSdpSession(this.session.endpoint, this.session.resource);
    this.peer.close();
  }

  /** Asked anew after each wait. */
  gone(): boolean {
    return this.over;
  }

  /** A new offer, set on this side. */
  async offer(): Promise<string> {
    const offer = await this.peer.createOffer();
    await this.peer.setLocalDescription(offer);
    return this.peer.localDescription?.sdp ?? offer.sdp ?? '';
  }

  private follow(): void {
    if (this.over) return;
    const { connectionState: state } = this.peer;
    if (state === 'connected') this.options.onConnected();
    // `disconnected` heals by itself more often than not, and means nothing in silence.
    else if (state === 'failed' || state === 'closed') this.options.onFailed();
  }
}
