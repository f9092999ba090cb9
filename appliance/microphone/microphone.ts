import type { Problem } from '../protocol/errors.ts';

/** A source of the guide's voice: a device, a phone, or a recording. */
export interface Microphone {
  /** Begins to capture. Never throws for what a device may do: that arrives as a state. */
  start(): void;
  /** Ends capture and frees the device. Resolves when its process or connection is gone. */
  stop(): Promise<void>;
}

export type MicrophoneState =
  | { readonly kind: 'opening' }
  /** The guide's phone has not connected yet. */
  | { readonly kind: 'waiting' }
  | { readonly kind: 'open' }
  /** Retried by itself after `retryInMs`; absent when only a person can mend it. */
  | { readonly kind: 'lost'; readonly problem: Problem; readonly retryInMs?: number }
  /** A recording that does not repeat has come to its end. */
  | { readonly kind: 'ended' };

/** Where a microphone delivers. Both are called on the event loop, never from inside `start()`. */
export interface MicrophoneOutput {
  /** One frame of 480 samples (20 ms, mono, 24 kHz), in real time. The buffer may be reused after the call. */
  onFrame(samples: Int16Array, capturedAt: number): void;
  onState(state: MicrophoneState): void;
}
