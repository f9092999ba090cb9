/** The greatest gain, and from where on nothing gets louder, dBFS: it goes into an ear that must hear the group as well. */
const LOUDEST = 0.7;
const CEILING_DB = -18;

/** Plays a received sound quietly: through a limiter, at a volume of 0 to 1 that also iPhones obey. */
export class LowVoice {
  private readonly context = new AudioContext();
  private readonly gain = this.context.createGain();
  /** Chromium lets sound into a graph only while an element plays it too. */
  private readonly pump = new Audio();
  private source: MediaStreamAudioSourceNode | undefined;

  /** Within a tap: browsers let nothing be heard else. */
  constructor(volume: number) {
    const limiter = this.context.createDynamicsCompressor();
    limiter.threshold.value = CEILING_DB;
    limiter.ratio.value = 20;
    limiter.attack.value = 0.003;
    this.gain.connect(limiter).connect(this.context.destination);
    this.pump.muted = true;
    this.setVolume(volume);
    void this.context.resume();
  }

  setVolume(volume: number): void {
    this.gain.gain.value = Math.min(1, Math.max(0, volume)) * LOUDEST;
  }

  play(stream: MediaStream): void {
    this.source?.disconnect();
    this.pump.srcObject = stream;
    this.pump.play().catch(() => undefined);
    this.source = this.context.createMediaStreamSource(stream);
    this.source.connect(this.gain);
  }

  close(): void {
    this.source?.disconnect();
    this.pump.srcObject = null;
    void this.context.close();
  }
}
