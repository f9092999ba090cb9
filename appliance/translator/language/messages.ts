/** To the thread that guesses languages, and back. */
export interface Asked {
  readonly id: number;
  readonly text: string;
}

export interface Guess {
  readonly id: number;
  /** ISO 639-1 code and how well it fits, 0 to 1; the best first. Empty: it cannot be told. */
  readonly scores: readonly (readonly [language: string, score: number])[];
}
