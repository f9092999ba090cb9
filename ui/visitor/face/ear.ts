/** Sound as the page plays it: a stream in its `<audio>` element, or a node of the graph that plays by itself. */
export type HeardSound = MediaStream | AudioNode;

/** Samples that are looked at: some 20 ms. */
const SAMPLES = 1_024;

/** Kept for the page's life: iOS gives a page few. Asleep while nobody looks. */
let context: AudioContext | undefined;

/** Looks at what is heard, and changes nothing of how it plays. */
export class Ear {
  private readonly source: AudioNode;
  private readonly analyser: AnalyserNode;
  private readonly own: AudioContext | undefined;
  private readonly samples = new Float32Array(SAMPLES);
  private awake = false;

  constructor(sound: HeardSound) {
    if (sound instanceof AudioNode) this.source = sound;
    else {
      context ??= new AudioContext();
      this.own = context;
      this.source = context.createMediaStreamSource(sound);
    }
    this.analyser = this.source.context.createAnalyser();
    this.analyser.fftSize = SAMPLES;
    this.source.connect(this.analyser);
  }

  listen(): void {
    if (!this.own) return;
    this.awake = true;
    // Some phones let Web Audio begin only inside a tap: the next one will do.
    addEventListener('pointerup', this.resume);
    this.resume();
  }

  /** Until {@link listen}, it hears nothing and costs nothing. */
  rest(): void {
    if (!this.own) return;
    this.awake = false;
    removeEventListener('pointerup', this.resume);
    void this.own.suspend();
  }

  /** RMS of the last 20 ms, 0 to 1. */
  level(): number {
    const { samples } = this;
    this.analyser.getFloatTimeDomainData(samples);
    let sum = 0;
    // By index: an iterator would be an object for each frame.
    for (let i = 0; i < SAMPLES; i++) {
      const sample = samples[i] ?? 0;
      sum += sample * sample;
    }
    return Math.sqrt(sum / SAMPLES);
  }

  close(): void {
    this.rest();
    try {
      this.source.disconnect(this.analyser);
    } catch {
      // Who plays it has let go of it already.
    }
  }

  private readonly resume = (): void => {
    if (this.awake) void this.own?.resume().catch(() => undefined);
  };
}
