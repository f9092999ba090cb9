import type { Problem } from '../protocol/errors.ts';
import type { GlossaryEntry } from '../protocol/views.ts';

/** Lines of one language into another one, for one engine. */
export interface EngineRequest {
  /** As far as it could be found out: an engine that understands any language sees for itself. */
  readonly from: string | undefined;
  readonly to: string;
  readonly glossary: readonly GlossaryEntry[];
  readonly context?: string | undefined;
  readonly author?: string | undefined;
  readonly signal?: AbortSignal | undefined;
  readonly onSpent?: ((usd: number) => void) | undefined;
}

/** `problem`: why, when it is not the line's own fault. */
export type EngineLine =
  { readonly text: string } | { readonly reason: 'failed' | 'cancelled'; readonly problem?: Problem };

/** One way of translating text. */
export interface TextEngine {
  readonly name: 'openai' | 'apertium';
  /** A large model's, or the box's simple programs'. */
  readonly by: 'model' | 'box';
  /** It takes money. */
  readonly paid: boolean;
  /** Why it is not to be asked now. */
  readonly out: Problem | undefined;
  can(from: string | undefined, to: string): boolean;
  /** One answer per line, in order. Never rejects. */
  translate(lines: readonly string[], request: EngineRequest): Promise<readonly EngineLine[]>;
  stop(): Promise<void>;
}
