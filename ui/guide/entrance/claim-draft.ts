import * as z from 'zod/mini';
import type { ClaimDraft } from './claim-steps.ts';

const KEY = 'ubizo.claim';

/** What a reload must not lose. Secrets are not written down: password and key are typed again. */
const kept = z.object({
  email: z.string(),
  name: z.string(),
  spendCap: z.string(),
  transcriptDays: z.number(),
});

export function keepDraft({ email, name, spendCap, transcriptDays }: ClaimDraft): void {
  try {
    sessionStorage.setItem(KEY, JSON.stringify({ email, name, spendCap, transcriptDays }));
  } catch {
    // Not kept.
  }
}

export function keptDraft(): z.infer<typeof kept> | undefined {
  try {
    return z.safeParse(kept, JSON.parse(sessionStorage.getItem(KEY) ?? '{}')).data;
  } catch {
    return undefined;
  }
}

export function forgetDraft(): void {
  try {
    sessionStorage.removeItem(KEY);
  } catch {
    // Nothing was kept.
  }
}
