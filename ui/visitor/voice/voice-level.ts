/** How often the microphone is looked at, ms. */
const LOOK_MS = 50;
/** What is silence here, dBFS. */
const SILENT_DB = -100;

/** How loud a microphone is, many times a second, until stopped. Nothing of it is kept. */
export class VoiceLevel {
  private readonly context = new AudioContext();
  private readonly timer: ReturnType<typeof setInterval>;

  /** @param onLevel dBFS, and when: ms of the page's clock */
  constructor(track: MediaStreamTrack, onLevel: (levelDb: number, now: number) => void) {
    const analyser = new AnalyserNode(this.context, { fftSize: 2_048 });
    this.context.createMediaStreamSource(new MediaStream([track])).connect(analyser);
    void this.context.resume();
    const samples = new Float32Array(analyser.fftSize);
    this.timer = setInterval(() => {
      analyser.getFloatTimeDomainData(samples);
      onLevel(loudnessOf(samples), performance.now());
    }, LOOK_MS);
  }

  stop(): void {
    clearInterval(this.timer);
    void this.context.close();
  }
}

/** Root mean square, dBFS. */
export function loudnessOf(samples: Float32Array): number {
  let sum = 0;
  for (const sample of samples) sum += sample * sample;
  return Math.max(SILENT_DB, 10 * Math.log10(sum / samples.length));
}
