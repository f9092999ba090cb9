const LOOK_MS = 100;
/** Longer than that is no wait but something else, and told as such. */
const MOST_MS = 60_000;

/**
 * How long it takes from the visitor's tap until the first sound comes out of the connection: when a packet was handed
 * to the loudspeaker (W3C WebRTC, RTCRtpContributingSource.timestamp) and the element plays. Told once a visit.
 */
export class FirstSound {
  private readonly options: FirstSoundOptions;
  private timer: ReturnType<typeof setInterval> | undefined;
  private told = false;

  constructor(options: FirstSoundOptions) {
    this.options = options;
  }

  /** The visitor has tapped at this moment of `performance.now()`. */
  begin(tapped: number): void {
    if (this.told || this.timer !== undefined) return;
    this.timer = setInterval(() => this.look(tapped), LOOK_MS);
  }

  end(): void {
    clearInterval(this.timer);
    this.timer = undefined;
  }

  private look(tapped: number): void {
    const ms = Math.round(performance.now() - tapped);
    if (ms > MOST_MS) this.end();
    const { element, peer, tell } = this.options;
    if (element.paused || !isHeard(peer())) return;
    this.end();
    this.told = tell(ms);
  }
}

export interface FirstSoundOptions {
  readonly element: HTMLMediaElement;
  readonly peer: () => RTCPeerConnection | undefined;
  /** Answers whether it could be told. */
  readonly tell: (ms: number) => boolean;
}

function isHeard(peer: RTCPeerConnection | undefined): boolean {
  return (peer?.getReceivers() ?? []).some((receiver) => receiver.getSynchronizationSources().length > 0);
}
