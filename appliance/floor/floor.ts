import { BargeIn } from './barge-in.ts';
import { type FloorFrame, NO_SOUND } from './floor-frame.ts';
import { type GuestVoice, HandOver } from './hand-over.ts';
import { NoiseGate } from './noise-gate.ts';
import { VoiceActivity } from './voice-activity.ts';

/** What hears the floor. Must return fast and must not throw; copies what it keeps. */
export type FloorListener = (frame: FloorFrame) => void;

/** Who is heard in the guide's place, by the guide's leave. */
export interface Guest {
  readonly voice: GuestVoice;
  /** Whether the guide takes the floor back by speaking. Asked at every frame. */
  readonly bargesIn: () => boolean;
  /** The guide has. The floor is theirs already. */
  readonly onBargeIn: () => void;
}

export interface FloorOptions {
  readonly onListenerError: (error: unknown) => void;
  /** Whether the channels are spared the noise of a place where nobody says anything. */
  readonly gated?: boolean;
}

/**
 * The PCM bus between the microphone and everything that hears it. Closed (tour not live, or muted) it goes on
 * ticking with blank frames, because the models need the silence. One holder at a time is heard on it: the guide, or the
 * guest to whom it was given; meanwhile the guide's microphone is only listened to. Hot path: one frame object, reused.
 */
export class Floor {
  private readonly listeners = new Set<FloorListener>();
  private readonly channels = new Set<FloorListener>();
  private readonly onListenerError: (error: unknown) => void;
  private readonly interruptions = new Set<() => void>();
  private readonly activity = new VoiceActivity();
  private readonly bargeIn = new BargeIn();
  private readonly handOver = new HandOver({
    output: (samples, capturedAt, heard) => this.putGuest(samples, capturedAt, heard),
  });
  private readonly gate: NoiseGate | undefined;
  private readonly frame: { samples: Int16Array; capturedAt: number; blank: boolean; voiced: boolean };
  private isOpen = false;
  private guest: Guest | undefined;
  private guestActivity = new VoiceActivity();

  constructor({ onListenerError, gated = true }: FloorOptions) {
    this.onListenerError = onListenerError;
    this.frame = { samples: NO_SOUND, capturedAt: 0, blank: true, voiced: false };
    this.gate = gated
      ? new NoiseGate({
          output: (samples, capturedAt, blank) => this.tell(this.channels, samples, capturedAt, blank),
        })
      : undefined;
  }

  /** Whether somebody is heard: the guide, or who has the floor. */
  get open(): boolean {
    return this.isOpen || this.handOver.away;
  }

  /** Whether the guide is, as long as the floor is theirs. */
  set open(open: boolean) {
    if (open && !this.isOpen) this.gate?.open();
    this.isOpen = open;
  }

  /** Whether somebody is speaking on it just now. */
  get voiced(): boolean {
    return this.handOver.away ? this.guestActivity.voiced : this.isOpen && this.activity.voiced;
  }

  /** From the next frame on the guest is heard, and not the guide; also while the guide is muted. */
  give(guest: Guest): void {
    this.guest = guest;
    this.guestActivity = new VoiceActivity();
    // A phone sends hardly any noise: whoever begins to speak at once is speech all the same.
    this.guestActivity.hear(NO_SOUND);
    this.bargeIn.begin();
    this.gate?.open();
    this.handOver.give(guest.voice);
  }

  /** From the next frame on the guide is heard. */
  takeBack(): void {
    if (!this.guest) return;
    this.guest = undefined;
    this.gate?.open();
    this.handOver.takeBack();
  }

  /** Told when the guide has spoken up: what is still to come of who was heard is not wanted any more. */
  subscribeInterruptions(listener: () => void): () => void {
    this.interruptions.add(listener);
    return () => {
      this.interruptions.delete(listener);
    };
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

  /** The guide's microphone. @param samples 480; read during the call only. */
  hear(samples: Int16Array, capturedAt: number): void {
    const voiced = this.isOpen && this.activity.hear(samples);
    if (this.guest) this.perhapsInterrupt(this.guest);
    else if (this.isOpen) this.bargeIn.learn(this.activity);
    if (this.handOver.hear(this.isOpen ? samples : NO_SOUND, capturedAt))
      this.put(samples, capturedAt, voiced);
  }

  private perhapsInterrupt(guest: Guest): void {
    if (!this.isOpen || !this.bargeIn.hearGuide(this.activity) || !guest.bargesIn()) return;
    this.takeBack();
    for (const listener of this.interruptions) listener();
    guest.onBargeIn();
  }

  private putGuest(samples: Int16Array, capturedAt: number, heard: boolean): void {
    // Where the guide takes it back, the frame in which they do is theirs.
    const voiced = this.guest ? this.guestActivity.hear(samples) : this.isOpen && this.activity.voiced;
    if (this.guest) this.bargeIn.hearAsker(this.guestActivity.db);
    this.put(samples, capturedAt, voiced, heard);
  }

  private put(samples: Int16Array, capturedAt: number, voiced: boolean, heard = this.isOpen): void {
    this.frame.voiced = voiced;
    if (!heard) {
      this.tell(this.listeners, NO_SOUND, capturedAt, true);
      this.tell(this.channels, NO_SOUND, capturedAt, true);
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
