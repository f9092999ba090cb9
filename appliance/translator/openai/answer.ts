import * as z from 'zod/mini';
import { textPrice } from '../../openai/prices.ts';
import type { Answered } from './call.ts';

/**
 * What a response holds. `refused`: the model will not say it. `unusable`: cut off, held back by a filter, or not what the
 * schema asks for.
 */
export type Answer =
  | { readonly kind: 'lines'; readonly lines: readonly string[] }
  | { readonly kind: 'refused' }
  | { readonly kind: 'unusable' };

/** As far as it is needed: other servers than OpenAI's leave much out. */
const outputs = z.looseObject({
  status: z.optional(z.string()),
  output: z.array(
    z.looseObject({
      type: z.string(),
      content: z.optional(
        z.nullable(z.array(z.looseObject({ type: z.string(), text: z.optional(z.string()) }))),
      ),
    }),
  ),
});
const texts = z.record(z.string(), z.string());

export function readAnswer(response: Answered, keys: readonly string[]): Answer {
  const read = outputs.safeParse(response);
  if (!read.success || (read.data.status ?? 'completed') !== 'completed') return { kind: 'unusable' };
  const content = read.data.output
    .filter(({ type }) => type === 'message')
    .flatMap((message) => message.content ?? []);
  if (content.some(({ type }) => type === 'refusal')) return { kind: 'refused' };
  const lines = linesIn(content.map(({ text = '' }) => text).join(''), keys);
  return lines ? { kind: 'lines', lines } : { kind: 'unusable' };
}

function linesIn(json: string, keys: readonly string[]): string[] | undefined {
  try {
    const found = texts.parse(JSON.parse(json));
    const lines = keys.map((key) => found[key]);
    return lines.every((line) => line !== undefined) ? lines : undefined;
  } catch {
    return undefined;
  }
}

const count = z.optional(z.nullable(z.number()));
const used = z.object({
  input_tokens: z.number(),
  output_tokens: z.number(),
  input_tokens_details: z.optional(z.nullable(z.object({ cached_tokens: count, cache_write_tokens: count }))),
});

/** US dollars, also of a response that is of no use. */
export function costOf(model: string, response: Answered): number {
  const { success, data } = used.safeParse(response.usage);
  if (!success) return 0;
  const { input_tokens: all, output_tokens: out, input_tokens_details: details } = data;
  const cached = details?.cached_tokens ?? 0;
  const written = details?.cache_write_tokens ?? 0;
  return textPrice(model, { in: Math.max(0, all - cached - written), cached, written, out });
}
