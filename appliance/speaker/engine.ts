import type { Problem } from '../protocol/errors.ts';
import type { Reading, ReadingRequest, Speaker } from './speaker.ts';

/** One way of reading a text aloud. */
export interface SpeakerEngine extends Speaker {
  readonly name: 'openai' | 'espeak';
  /** It takes money. */
  readonly paid: boolean;
  /** Why it cannot read just now, if that is known. */
  readonly problem: Problem | undefined;
  /** `text` in one line, not longer than {@link LONGEST_TEXT}. Never rejects. */
  read(request: ReadingRequest): Promise<Reading>;
  stop(): Promise<void>;
}

/** A question of 280 characters, in a language that takes three times as many. UTF-16 units. */
export const LONGEST_TEXT = 1_000;
/** Nobody listens longer to a text: who reads on and on is not reading it. Seconds. */
export const LONGEST_READING_S = 120;
