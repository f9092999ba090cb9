import type { MicrophoneOutput } from './microphone.ts';

/** Called for each frame of the microphone, 20 ms; the buffer may be reused after the call. */
export type Tap = (samples: Int16Array, capturedAt: number) => void;

/** Lets somebody hear a tour's microphone while its floor is closed. */
export class MicrophoneTaps {
  /** By tour. */
  private readonly taps = new Map<string, Set<Tap>>();

  /** @returns `output`, before which whoever listens at the tour's tap hears every frame. */
  through(tour: string, output: MicrophoneOutput): MicrophoneOutput {
    return {
      onFrame: (samples, capturedAt) => {
        const listening = this.taps.get(tour);
        if (listening) for (const tap of listening) tap(samples, capturedAt);
        output.onFrame(samples, capturedAt);
      },
      onState: (state) => output.onState(state),
    };
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
