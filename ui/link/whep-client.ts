import type { ReactiveController, ReactiveControllerHost } from 'lit';
import { PeerSession, type PeerStatus } from './peer-session.ts';
import type { LinkError } from './problem.ts';
import type { SdpEndpoint } from './sdp-exchange.ts';

export interface WhepClientOptions {
  readonly endpoint: (renew: boolean) => Promise<SdpEndpoint>;
  /** A new stream, on the first connection and on each that replaces it. */
  readonly onStream: (stream: MediaStream) => void;
  readonly onProblem: (problem: LinkError) => boolean;
  /** Whether a connection that is lost is to be made anew. */
  readonly wanted: () => boolean;
}

/** Receives sound from the box (WHEP) for as long as it is wanted. Belongs to an element and goes with it. */
export class WhepClient implements ReactiveController {
  private readonly session: PeerSession;

  constructor(host: ReactiveControllerHost, options: WhepClientOptions) {
    this.session = new PeerSession({
      prepare: (peer) => {
        const [transceiver = peer.addTransceiver('audio', { direction: 'recvonly' })] =
          peer.getTransceivers();
        const { receiver } = transceiver;
        // The track exists before anything was negotiated, so play() can be called inside the tap.
        options.onStream(new MediaStream([receiver.track]));
      },
      endpoint: options.endpoint,
      onChange: () => host.requestUpdate(),
      onProblem: options.onProblem,
      wanted: options.wanted,
    });
    host.addController(this);
  }

  get status(): PeerStatus {
    return this.session.status;
  }

  get peer(): RTCPeerConnection | undefined {
    return this.session.peer;
  }

  start(): void {
    this.session.start();
  }

  stop(): void {
    this.session.stop();
  }

  /** The other end says that this connection is over. */
  lost(): void {
    this.session.lost();
  }

  hostDisconnected(): void {
    this.stop();
  }
}
