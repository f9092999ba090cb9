/** From where on nothing gets louder, dBFS, and the gain after it: it goes into an ear that must hear the group as well. */
const CEILING_DB = -18;
const LOUDEST = 0.5;

export interface QuietGraph {
  /** What is to be heard comes in here. */
  readonly input: AudioNode;
  /** 0 to 1. */
  readonly setVolume: (volume: number) => void;
}

/** Evens out what comes in, and lets it out quietly, also at full volume. */
export function quietGraph(context: BaseAudioContext, volume: number): QuietGraph {
  const limiter = context.createDynamicsCompressor();
  limiter.threshold.value = CEILING_DB;
  limiter.knee.value = 6;
  limiter.ratio.value = 20;
  limiter.attack.value = 0.003;
  // Behind the limiter, which makes quiet voices louder by itself.
  const gain = context.createGain();
  limiter.connect(gain).connect(context.destination);
  const setVolume = (wanted: number): void => {
    gain.gain.value = Math.min(1, Math.max(0, wanted)) * LOUDEST;
  };
  setVolume(volume);
  return { input: limiter, setVolume };
}

/** Plays a received sound quietly, at a volume that also iPhones obey. */
export class LowVoice {
  private readonly context = new AudioContext();
  private readonly graph: QuietGraph;
  /** Chromium lets sound into a graph only while an element plays it too. */
  private readonly pump = new Audio();
  private source: MediaStreamAudioSourceNode | undefined;

  /** Within a tap: browsers let nothing be heard else. */
  constructor(volume: number) {
    this.graph = quietGraph(this.context, volume);
    this.pump.muted = true;
    void this.context.resume();
  }

  setVolume(volume: number): void {
    this.graph.setVolume(volume);
  }

  play(stream: MediaStream): void {
    this.source?.disconnect();
    this.pump.srcObject = stream;
    this.pump.play().catch(() => undefined);
    this.source = this.context.createMediaStreamSource(stream);
    this.source.connect(this.graph.input);
  }

  close(): void {
    this.source?.disconnect();
    this.pump.srcObject = null;
    void this.context.close();
  }
}
