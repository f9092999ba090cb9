import type { Log } from '../log.ts';
import type { MicrophoneOutput } from './microphone.ts';

/** Called for each frame of the microphone, 20 ms; the buffer may be reused after the call. */
export type Tap = (samples: Int16Array, capturedAt: number) => void;

/** Lets somebody hear a tour's microphone while its floor is closed. */
export class MicrophoneTaps {
  /** By tour. */
  private readonly taps = new Map<string, Set<Tap>>();
  private readonly log: Log;

  constructor({ log }: { readonly log: Log }) {
    this.log = log;
  }

  /** @returns `output`, before which whoever listens at the tour's tap hears every frame. */
  through(tour: string, output: MicrophoneOutput): MicrophoneOutput {
    return {
      onFrame: (samples, capturedAt) => {
        this.tell(tour, samples, capturedAt);
        output.onFrame(samples, capturedAt);
      },
      onState: (state) => output.onState(state),
    };
  }

  /** One that throws hears no more: whatever it is for, the guide is heard by the tour. */
  private tell(tour: string, samples: Int16Array, capturedAt: number): void {
    const listening = this.taps.get(tour);
    if (!listening) return;
    for (const tap of listening) {
      try {
        tap(samples, capturedAt);
      } catch (error) {
        listening.delete(tap);
        this.log.error({ err: error }, 'who listened at a microphone has failed, and hears no more of it');
      }
    }
  }

  /** @returns what to call to hear no more of it. */
  listen(tour: string, tap: Tap): () => void {
    const listening = this.taps.get(tour) ?? new Set();
    this.taps.set(tour, listening.add(tap));
    return () => {
      listening.delete(tap);
      if (listening.size === 0 && this.taps.get(tour) === listening) this.taps.delete(tour);
    };
  }
}
