import { setImmediate, setTimeout } from 'node:timers/promises';
import { ExponentialBackoff, halfJitterGenerator, type IBackoff } from 'cockatiel';
import type { Log } from '../log.ts';
import { captureAlsa } from './alsa-capture.ts';
import { captureProblem, type CaptureEnd } from './alsa-problem.ts';
import type { Microphone, MicrophoneOutput } from './microphone.ts';

export { listAlsaDevices } from './alsa-devices.ts';

const BACKOFF = new ExponentialBackoff({
  generator: halfJitterGenerator,
  initialDelay: 1_000,
  maxDelay: 16_000,
});
/** A device that holds this long has earned a quick first retry. */
const SETTLED_MS = 10_000;

export interface AlsaMicrophoneOptions {
  /** ALSA name of the capture device: `default`, `plughw:CARD=Device,DEV=0`. */
  readonly device: string;
  readonly output: MicrophoneOutput;
  readonly log: Log;
  /** The program; default `arecord` on the path. */
  readonly arecord?: string;
  /** Added to the program's environment, such as another ALSA_CONFIG_PATH. */
  readonly env?: Readonly<Record<string, string>>;
}

/** A microphone on the box, recorded by arecord (ALSA). Whatever happens to it, it is tried again until `stop()`. */
export class AlsaMicrophone implements Microphone {
  private readonly options: AlsaMicrophoneOptions;
  private readonly stopping = new AbortController();
  private running: Promise<void> | undefined;
  private open = false;
  private wasOpen = false;

  constructor(options: AlsaMicrophoneOptions) {
    this.options = options;
  }

  start(): void {
    this.running ??= this.run();
  }

  async stop(): Promise<void> {
    this.stopping.abort();
    await this.running;
  }

  private async run(): Promise<void> {
    const { device, output, log } = this.options;
    const { signal } = this.stopping;
    await setImmediate();
    if (signal.aborted) return;
    output.onState({ kind: 'opening' });
    let backoff: IBackoff<unknown> | undefined;
    while (!signal.aborted) {
      const startedAt = performance.now();
      const end = await this.capture();
      if (signal.aborted) return;
      const settled = this.open && performance.now() - startedAt > SETTLED_MS;
      this.open = false;
      backoff = backoff && !settled ? backoff.next(undefined) : BACKOFF.next();
      const problem = captureProblem(device, end, this.wasOpen);
      log.warn({ device, end, retryInMs: backoff.duration }, 'the microphone is lost');
      output.onState({ kind: 'lost', problem, retryInMs: backoff.duration });
      // Stopping cuts the wait short, by an AbortError that says nothing new.
      await setTimeout(backoff.duration, undefined, { signal }).catch(() => undefined);
    }
  }

  private async capture(): Promise<CaptureEnd> {
    const { device, log, arecord = 'arecord', env = {} } = this.options;
    try {
      const { signal } = this.stopping;
      return await captureAlsa({ arecord, device, env, log, signal, onFrame: this.onFrame });
    } catch (error) {
      // The system has no process to spare.
      return { kind: 'not-started', code: (error as NodeJS.ErrnoException).code ?? 'unknown' };
    }
  }

  private readonly onFrame = (samples: Int16Array, capturedAt: number): void => {
    const { output } = this.options;
    if (!this.open) {
      this.open = true;
      this.wasOpen = true;
      output.onState({ kind: 'open' });
    }
    if (!this.stopping.signal.aborted) output.onFrame(samples, capturedAt);
  };
}
