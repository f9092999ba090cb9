import { FLOOR_FRAME_SAMPLES, type FloorFrame } from './floor-frame.ts';
import { NoiseGate } from './noise-gate.ts';
import { VoiceActivity } from './voice-activity.ts';

/** What hears the floor. Must return fast and must not throw; copies what it keeps. */
export type FloorListener = (frame: FloorFrame) => void;

export interface FloorOptions {
  readonly onListenerError: (error: unknown) => void;
  /** Whether the channels are spared the noise of a place where nobody says anything. */
  readonly gated?: boolean;
}

/**
 * The PCM bus between the microphone and everything that hears it. Closed (tour not live, or muted) it goes on
 * ticking with blank frames, because the models need the silence. Hot path: one frame object, reused.
 */
export class Floor {
  private readonly listeners = new Set<FloorListener>();
  private readonly channels = new Set<FloorListener>();
  private readonly onListenerError: (error: unknown) => void;
  private readonly activity = new VoiceActivity();
  private readonly gate: NoiseGate | undefined;
  private readonly silence = new Int16Array(FLOOR_FRAME_SAMPLES);
  private readonly frame: { samples: Int16Array; capturedAt: number; blank: boolean; voiced: boolean };
  private isOpen = false;

  constructor({ onListenerError, gated = true }: FloorOptions) {
    this.onListenerError = onListenerError;
    this.frame = { samples: this.silence, capturedAt: 0, blank: true, voiced: false };
    this.gate = gated
      ? new NoiseGate({
          output: (samples, capturedAt, blank) => this.tell(this.channels, samples, capturedAt, blank),
        })
      : undefined;
  }

  /** Whether the guide is heard. */
  get open(): boolean {
    return this.isOpen;
  }

  set open(open: boolean) {
    if (open && !this.isOpen) this.gate?.open();
    this.isOpen = open;
  }

  /** Whether the guide is speaking just now. */
  get voiced(): boolean {
    return this.isOpen && this.activity.voiced;
  }

  /** Every frame: for who interprets. */
  subscribe(listener: FloorListener): () => void {
    this.listeners.add(listener);
    return () => {
      this.listeners.delete(listener);
    };
  }

  /** For who sends: blank also while there is nothing to hear; at an onset the frame before it comes late. */
  subscribeGated(listener: FloorListener): () => void {
    this.channels.add(listener);
    return () => {
      this.channels.delete(listener);
    };
  }

  /** @param samples 480; read during the call only. */
  hear(samples: Int16Array, capturedAt: number): void {
    this.frame.voiced = this.isOpen && this.activity.hear(samples);
    if (!this.isOpen) {
      this.tell(this.listeners, this.silence, capturedAt, true);
      this.tell(this.channels, this.silence, capturedAt, true);
      return;
    }
    this.tell(this.listeners, samples, capturedAt, false);
    if (this.gate) this.gate.hear(samples, capturedAt);
    else this.tell(this.channels, samples, capturedAt, false);
  }

  private tell(
    listeners: ReadonlySet<FloorListener>,
    samples: Int16Array,
    capturedAt: number,
    blank: boolean,
  ): void {
    const { frame } = this;
    frame.samples = samples;
    frame.capturedAt = capturedAt;
    frame.blank = blank;
    for (const listener of listeners) {
      try {
        listener(frame);
      } catch (error) {
        this.onListenerError(error);
      }
    }
  }
}
