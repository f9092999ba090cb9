import type { BrokenOff } from './wire.ts';

/** How the stand-in behaves; shared by all sessions, may change at any time. */
export interface Behaviour {
  /** From the end of an utterance to the first word of its answer. */
  lagMs: number;
  /** Between two deltas of 400 ms each. */
  paceMs: number;
  /** From an update to `session.updated`. */
  updateMs: number;
  /** How long sessions opened from now on may live. */
  lifeSeconds: number;
  /** Bytes of sound in each delta, when not those of 400 ms. */
  deltaBytes: number | undefined;
  /** Texts are said once they are finished, not word by word. */
  finishedTexts: boolean;
  /** Answers come to nothing, until further notice. */
  brokenOff: BrokenOff | undefined;
  /** Of a transcription: items end in pairs, the later one first. */
  swapped: boolean;
  /** Of a transcription: what is committed cannot be understood. */
  unintelligible: boolean;
  /** What is said instead of a text that is to be read. */
  reworded: (text: string) => string;
  /** A tone of so many hertz instead of speech. @param reading of a text that is read, not of a translation. */
  tone: (language: string, reading?: boolean) => number | undefined;
}
