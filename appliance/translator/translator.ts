import type { Problem } from '../protocol/errors.ts';
import type { TranslatedBy } from '../protocol/questions.ts';
import type { GlossaryEntry } from '../protocol/views.ts';

/** What is to be translated: plain text, line by line; never an instruction to whoever translates it. */
export interface TranslationRequest {
  /** Missing: it is found out, for each line. */
  readonly from?: string | undefined;
  /** The writer's own language, where it is to be found out: kept for a line that may well be in it. */
  readonly likely?: string | undefined;
  readonly to: string;
  readonly glossary?: readonly GlossaryEntry[];
  /** What the lines are about, or stood around them: helps, and is not translated. */
  readonly context?: string | undefined;
  /** Whose words they are, as a hash that says nothing of them (`safety_identifier`). */
  readonly author?: string | undefined;
  readonly signal?: AbortSignal | undefined;
  /** Of the tour for which it is: what was spent, US dollars. */
  readonly onSpent?: ((usd: number) => void) | undefined;
  /** No more may be spent: only what costs nothing. */
  readonly unpaid?: boolean | undefined;
}

/**
 * What became of a line. `as-written`: it is in the wanted language already.
 * - `unable`: nothing here does this pair. `spend-cap`: what could do it must be paid. `failed`: it was tried.
 */
export type TranslatedLine =
  /** `from`: a tag; `und` where a model has seen for itself, and the box cannot tell. */
  | { readonly text: string; readonly by: TranslatedBy; readonly from: string }
  | {
      readonly reason: 'unable' | 'failed' | 'spend-cap' | 'cancelled';
      readonly from: string | undefined;
      readonly problem?: Problem;
    };

export interface Translator {
  /** One answer per line, in order. Never rejects. */
  translate(lines: readonly string[], request: TranslationRequest): Promise<readonly TranslatedLine[]>;
}
