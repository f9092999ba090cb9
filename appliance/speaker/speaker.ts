/** What is to be read aloud: plain text, word for word. */
export interface ReadingRequest {
  readonly text: string;
  readonly language: string;
  readonly signal?: AbortSignal | undefined;
  /** US dollars. */
  readonly onSpent?: ((usd: number) => void) | undefined;
  /** No more may be spent: only what costs nothing. */
  readonly unpaid?: boolean | undefined;
}

/** `samples`: mono s16, 24 kHz. `by`: a large `model`, or the `box`'s simple program. */
export type Reading =
  | { readonly samples: Int16Array; readonly by: 'model' | 'box' }
  | { readonly reason: 'unable' | 'failed' | 'spend-cap' | 'cancelled' };

export interface Speaker {
  /** Whole, once it is made. Never rejects. */
  read(request: ReadingRequest): Promise<Reading>;
}
