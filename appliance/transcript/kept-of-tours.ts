import type { Problem } from '../protocol/errors.ts';

/** What is kept of tours for as long as their transcripts: these themselves, questions, messages. */
export interface KeptOfTours {
  /** What keeps it from being written down just now. */
  readonly problem?: Problem | undefined;
  /** Of which there is something, those that were deleted too. */
  tours(): Promise<readonly string[]>;
  /** When the last of it came, ms since the epoch; -Infinity: never. */
  lastAt(tour: string): Promise<number>;
  /** @throws what the file system says; then something may be left. */
  erase(tour: string): Promise<void>;
  /** Forgets what is older than `time`, ms since the epoch, and done with. */
  forgetBefore(tour: string, time: number): Promise<void>;
}

/** The same of one tour that is there, in memory. */
export interface Remembered {
  clear(): void;
  forgetBefore(time: number): void;
}

/** What is in memory is forgotten first: it must not be written down again. */
export function withMemory(
  kept: KeptOfTours,
  remembered: (tour: string) => Remembered | undefined,
): KeptOfTours {
  return {
    get problem() {
      return kept.problem;
    },
    tours: () => kept.tours(),
    lastAt: (tour) => kept.lastAt(tour),
    erase: (tour) => {
      remembered(tour)?.clear();
      return kept.erase(tour);
    },
    forgetBefore: (tour, time) => {
      remembered(tour)?.forgetBefore(time);
      return kept.forgetBefore(tour, time);
    },
  };
}
