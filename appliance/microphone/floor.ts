import { FLOOR_FRAME_SAMPLES, type FloorFrame } from './floor-frame.ts';
import { VoiceActivity } from './voice-activity.ts';

/** What hears the floor. Must return fast and must not throw; copies what it keeps. */
export type FloorListener = (frame: FloorFrame) => void;

/**
 * The PCM bus between the microphone and everything that hears it. Closed (tour not live, or muted) it goes on
 * ticking with blank frames, because the models need the silence. Hot path: one frame object, reused.
 */
export class Floor {
  private readonly listeners = new Set<FloorListener>();
  private readonly onListenerError: (error: unknown) => void;
  private readonly activity = new VoiceActivity();
  private readonly silence = new Int16Array(FLOOR_FRAME_SAMPLES);
  private readonly frame: { samples: Int16Array; capturedAt: number; blank: boolean };
  private isOpen = false;

  constructor({ onListenerError }: { onListenerError: (error: unknown) => void }) {
    this.onListenerError = onListenerError;
    this.frame = { samples: this.silence, capturedAt: 0, blank: true };
  }

  /** Whether the guide is heard. */
  get open(): boolean {
    return this.isOpen;
  }

  set open(open: boolean) {
    this.isOpen = open;
  }

  /** Whether the guide is speaking just now. */
  get voiced(): boolean {
    return this.isOpen && this.activity.voiced;
  }

  subscribe(listener: FloorListener): () => void {
    this.listeners.add(listener);
    return () => {
      this.listeners.delete(listener);
    };
  }

  /** @param samples 480; read during the call only. */
  hear(samples: Int16Array, capturedAt: number): void {
    if (this.isOpen) this.activity.hear(samples);
    this.frame.samples = this.isOpen ? samples : this.silence;
    this.frame.capturedAt = capturedAt;
    this.frame.blank = !this.isOpen;
    for (const listener of this.listeners) {
      try {
        listener(this.frame);
      } catch (error) {
        this.onListenerError(error);
      }
    }
  }
}
