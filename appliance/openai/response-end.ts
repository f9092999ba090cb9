import * as z from 'zod/mini';
import { usage } from './usage.ts';

const text = z.nullish(z.string());

/** How a response of a conversation has ended (`response.done`), and what it took. */
export const responseEnd = z.object({
  status: text,
  status_details: z.nullish(
    z.object({
      reason: text,
      error: z.nullish(
        z.object({ code: z.nullish(z.union([z.string(), z.number()])), type: text, message: text }),
      ),
    }),
  ),
  usage: z.nullish(usage),
});
