import { crossFade } from './cross-fade.ts';
import { FLOOR_FRAME_MS, FLOOR_FRAME_SAMPLES, NO_SOUND } from './floor-frame.ts';

/** Somebody's voice in the guide's place. */
export interface GuestVoice {
  /** Fills 480 samples with what is next, with zeros where there is nothing. @returns whether there was anything. */
  pull(into: Int16Array): boolean;
}

/** The guide's next frame is waited for so long, to go over with it: two frames; later than that they have no microphone. */
const PATIENCE_MS = 2 * FLOOR_FRAME_MS;
/** A frame of the guide's that comes so soon after the last one on the floor tells of the same time, ms. */
const SAME_TIME_MS = FLOOR_FRAME_MS / 2;
/** After a longer stall what was missed is left out, ms. */
const FORGIVE_MS = 500;

type Phase =
  /** The guide's frames are the floor's. */
  | 'guide'
  /** The next of them goes over to the guest. */
  | 'giving'
  /** The guest's are, on a clock that goes on where the guide's frames stopped. */
  | 'guest'
  /** The guide's next frame goes over to the guide. */
  | 'taking';

export interface HandOverOptions {
  /** A frame that is not the guide's alone. `heard`: there was something in it. */
  readonly output: (samples: Int16Array, capturedAt: number, heard: boolean) => void;
}

/**
 * Goes over from the guide's microphone to another voice and back, within a frame and with a short cross-fade. There is
 * one clock: the guest's frames are the guide's line of times continued, every 20 ms, whether the guide's microphone
 * goes on or not. Hot path: allocates nothing.
 */
export class HandOver {
  private readonly output: HandOverOptions['output'];
  private readonly mixed = new Int16Array(FLOOR_FRAME_SAMPLES);
  private readonly fading = new Int16Array(FLOOR_FRAME_SAMPLES);
  private phase: Phase = 'guide';
  private guest: GuestVoice | undefined;
  /** Who has just given way to another guest. */
  private leaving: GuestVoice | undefined;
  /** Of the last frame on the floor, ms of `performance.now()`. */
  private lastAt = -Infinity;
  private timer: NodeJS.Timeout | undefined;

  constructor({ output }: HandOverOptions) {
    this.output = output;
  }

  /** Whether a guest's voice is the floor's, or about to be. */
  get away(): boolean {
    return this.phase === 'giving' || this.phase === 'guest';
  }

  give(voice: GuestVoice): void {
    if (this.phase === 'guest' || this.phase === 'taking') {
      this.leaving = this.guest;
      this.guest = voice;
      if (this.phase === 'taking') this.begin();
      return;
    }
    this.guest = voice;
    this.phase = 'giving';
    this.wait(() => {
      this.leaving = SILENCE;
      this.begin();
    });
  }

  takeBack(): void {
    if (this.phase === 'giving') this.end();
    if (this.phase !== 'guest') return;
    this.phase = 'taking';
    this.wait(() => {
      this.guest?.pull(this.fading);
      this.mixed.fill(0);
      crossFade(this.fading, this.mixed);
      this.put(this.lastAt + FLOOR_FRAME_MS, true);
      this.end();
    });
  }

  /** A frame of the guide's, or silence for it. @returns whether it is the floor's as it is. */
  hear(samples: Int16Array, capturedAt: number): boolean {
    if (this.phase === 'guest') return false;
    if (this.phase === 'taking') {
      if (capturedAt < this.lastAt + SAME_TIME_MS) return false;
      this.guest?.pull(this.fading);
      this.mixed.set(samples);
      crossFade(this.fading, this.mixed);
      this.end();
      this.put(capturedAt, true);
      return false;
    }
    if (this.phase === 'giving') {
      this.guest?.pull(this.mixed);
      crossFade(samples, this.mixed);
      this.lastAt = capturedAt;
      this.begin();
      this.put(capturedAt, true);
      return false;
    }
    this.lastAt = capturedAt;
    return true;
  }

  private begin(): void {
    this.phase = 'guest';
    this.tick();
  }

  private end(): void {
    clearTimeout(this.timer);
    this.phase = 'guide';
    this.guest = this.leaving = undefined;
  }

  private wait(act: () => void): void {
    clearTimeout(this.timer);
    this.timer = setTimeout(act, PATIENCE_MS);
  }

  private readonly tick = (): void => {
    clearTimeout(this.timer);
    const now = performance.now();
    if (now - this.lastAt > FORGIVE_MS) this.lastAt = now - FLOOR_FRAME_MS;
    while (this.phase === 'guest' && this.lastAt + FLOOR_FRAME_MS <= now) this.putGuest();
    if (this.phase !== 'guest') return;
    this.timer = setTimeout(this.tick, Math.max(0, this.lastAt + FLOOR_FRAME_MS - now));
  };

  private putGuest(): void {
    const { leaving } = this;
    const heard = this.guest?.pull(this.mixed) ?? false;
    if (leaving) {
      leaving.pull(this.fading);
      crossFade(this.fading, this.mixed);
      this.leaving = undefined;
    }
    this.put(this.lastAt + FLOOR_FRAME_MS, heard || leaving !== undefined);
  }

  private put(capturedAt: number, heard: boolean): void {
    this.lastAt = capturedAt;
    this.output(this.mixed, capturedAt, heard);
  }
}

const SILENCE: GuestVoice = {
  pull: (into) => {
    into.set(NO_SOUND);
    return false;
  },
};
