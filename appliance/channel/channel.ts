import type { ChannelState } from '../protocol/views.ts';

/** How long a channel's frames are. Wi-Fi airtime is spent per packet: one of 60 ms costs a third of three of 20 ms. */
export type FrameMs = 20 | 40 | 60;

/** How much of a channel's sound is sent: 1 is the most, 5 the least that is understood. */
export type SoundLevel = 1 | 2 | 3 | 4 | 5;

/** One Opus frame (RFC 6716), made once and handed to every sink. Sinks must not change it, and may keep it. */
export interface OpusFrame {
  readonly payload: Uint8Array;
  /** The payload with the frame before it inside (RFC 2198), for who can take it. */
  readonly redundant?: Uint8Array;
  /** The same with the two frames before it. Made once somebody asks. */
  readonly farther?: Uint8Array;
  /** Of its first sample, on the box's media clock: 48 kHz, not wrapped, the same clock on every channel. */
  readonly timestamp: number;
  /** Its length on the same clock: 960 for 20 ms, 1,920 for 40 ms, 2,880 for 60 ms. */
  readonly duration: number;
  /** First frame after silence (RFC 3551, 4.1). */
  readonly marker: boolean;
}

/** Who takes a channel's frames. `deliver` must not throw and must return fast: the next sink waits for it. */
export interface FrameSink {
  deliver(frame: OpusFrame): void;
}

/** What becomes of a reading. None may throw. */
export interface ReadingEvents {
  /** It is heard from now on. */
  readonly onBegin?: (() => void) | undefined;
  /** Nothing more of it will be heard: it was heard to its end, or was cut. Called once. */
  readonly onEnd?: ((how: 'heard' | 'cut') => void) | undefined;
  /** While it is heard somebody begins to speak on the floor. */
  readonly onBargeIn?: (() => void) | undefined;
}

/** One language's output. */
export interface Channel {
  readonly language: string;
  readonly state: ChannelState;
  /** Sound made but not yet sent, ms. */
  readonly queuedMs: number;
  /** For how long frames have been going out to somebody, without a pause, ms; 0 while none do. */
  readonly soundingMs: number;
  /** How much of its sound is sent; a change is in effect with the next frame. */
  level: SoundLevel;
  /** Whether they were without a pause between two moments of the last half minute, ms of `performance.now()`. */
  sounded(from: number, to: number): boolean;
  subscribe(sink: FrameSink): () => void;
  /**
   * A text that is read, into this channel alone: mono, 24 kHz. It waits for a pause of the voice that is heard, at most
   * three seconds. Takes the buffer over; a reading that is still there is cut.
   */
  announce(samples: Int16Array, events?: ReadingEvents): void;
  /** Fades the reading out within 20 ms. */
  cut(): void;
  start(): void;
  stop(): void;
}

/** The media clock: 48 kHz units since the process began; shared, so that a switch of channel keeps its time. */
export function mediaTime(nowMs: number = performance.now()): number {
  return Math.round(nowMs * 48);
}
