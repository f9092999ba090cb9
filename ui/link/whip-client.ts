import type { ReactiveController, ReactiveControllerHost } from 'lit';
import { MicrophoneFallback } from './microphone-fallback.ts';
import { PeerSession, type PeerStatus } from './peer-session.ts';
import type { LinkError } from './problem.ts';

/** Why this browser's microphone cannot be used, for the page to put into words. */
export type CaptureProblem = 'insecure' | 'refused' | 'missing' | 'busy' | 'ended';

export interface WhipClientOptions {
  readonly onProblem: (problem: LinkError) => boolean;
  /** How the microphone is to hear; a guide's voice in the street if it is missing. */
  readonly hearing?: MediaTrackConstraints;
  /** The pass of who has no cookie. */
  readonly token?: () => Promise<string>;
}

/** A voice in a noisy street: noise suppressed and levelled, but no echo canceller, which would gate the voice. */
const VOICE: MediaTrackConstraints = {
  echoCancellation: false,
  noiseSuppression: true,
  autoGainControl: true,
  channelCount: 1,
};

/** Whether browsers give this page a microphone at all: only over HTTPS or on localhost. */
export function canCapture(): boolean {
  return window.isSecureContext && 'mediaDevices' in navigator;
}

/** Sends this phone's microphone to the box (WHIP). Belongs to an element and goes with it. */
export class WhipClient implements ReactiveController {
  capture: CaptureProblem | undefined;
  private readonly host: ReactiveControllerHost;
  private readonly session: PeerSession;
  private readonly fallback: MicrophoneFallback;
  private readonly hearing: MediaTrackConstraints;
  /** The microphone, while it is open. */
  track: MediaStreamTrack | undefined;
  private url: string | undefined;

  constructor(host: ReactiveControllerHost, options: WhipClientOptions) {
    this.host = host;
    this.hearing = options.hearing ?? VOICE;
    this.fallback = new MicrophoneFallback({ onChange: () => host.requestUpdate() });
    this.session = new PeerSession({
      prepare: (peer) => {
        if (this.track) peer.addTransceiver(this.track, { direction: 'sendonly' });
      },
      endpoint: async () => {
        const url = this.url ?? '';
        return options.token ? { url, token: await options.token() } : { url };
      },
      onChange: () => {
        this.fallback.follow(this.session.status);
        host.requestUpdate();
      },
      onProblem: options.onProblem,
    });
    host.addController(this);
  }

  get status(): PeerStatus {
    return this.fallback.open ? 'connected' : this.session.status;
  }

  /**
   * Asks for the microphone, then sends it until stopped.
   * @param socketPath where its sound goes while WHIP does not connect, if anywhere
   */
  async start(url: string, socketPath?: string): Promise<void> {
    this.stop();
    this.url = url;
    try {
      this.track = await this.openMicrophone();
    } catch (error) {
      this.fail(problemOf(error));
      return;
    }
    if (this.url !== url) {
      this.release();
      return;
    }
    this.track.addEventListener('ended', () => {
      this.stop();
      this.fail('ended');
    });
    if (socketPath !== undefined) this.fallback.begin({ path: socketPath, track: this.track });
    this.session.start();
  }

  stop(): void {
    this.url = undefined;
    this.capture = undefined;
    this.session.stop();
    this.fallback.end();
    this.release();
    this.host.requestUpdate();
  }

  /** The other end says that this connection is over. */
  lost(): void {
    this.session.lost();
  }

  hostDisconnected(): void {
    this.stop();
  }

  private async openMicrophone(): Promise<MediaStreamTrack> {
    if (!canCapture()) throw new DOMException('not a secure context', 'SecurityError');
    const stream = await navigator.mediaDevices.getUserMedia({ audio: this.hearing });
    const [track] = stream.getAudioTracks();
    if (!track) throw new DOMException('no audio track', 'NotFoundError');
    return track;
  }

  private fail(problem: CaptureProblem): void {
    this.capture = problem;
    this.host.requestUpdate();
  }

  private release(): void {
    this.track?.stop();
    this.track = undefined;
  }
}

function problemOf(error: unknown): CaptureProblem {
  const name = error instanceof DOMException ? error.name : '';
  if (name === 'SecurityError') return 'insecure';
  if (name === 'NotAllowedError') return 'refused';
  return name === 'NotFoundError' || name === 'OverconstrainedError' ? 'missing' : 'busy';
}
