import * as z from 'zod/mini';
import type { Tokens } from './prices.ts';

const count = z.pipe(
  z.nullish(z.number()),
  z.transform((tokens) => tokens ?? 0),
);
const kinds = { text_tokens: count, audio_tokens: count };
const NO_TOKENS = { text_tokens: 0, audio_tokens: 0 };

/** The `usage` of a `response.done`. */
export const usage = z.object({
  input_token_details: z.nullish(z.object({ ...kinds, cached_tokens_details: z.nullish(z.object(kinds)) })),
  output_token_details: z.nullish(z.object(kinds)),
});

/** Cached ones are part of the others on the wire. */
export function tokensOf(used: z.infer<typeof usage> | null | undefined): Tokens {
  const input = used?.input_token_details;
  const cached = input?.cached_tokens_details ?? NO_TOKENS;
  const output = used?.output_token_details ?? NO_TOKENS;
  return {
    textIn: (input?.text_tokens ?? 0) - cached.text_tokens,
    cachedTextIn: cached.text_tokens,
    audioIn: (input?.audio_tokens ?? 0) - cached.audio_tokens,
    cachedAudioIn: cached.audio_tokens,
    textOut: output.text_tokens,
    audioOut: output.audio_tokens,
  };
}
