import * as z from 'zod/mini';

const KEY = 'ubizo.last-tour';

/** The languages of the last tour that was made on this device: mostly those of the next. */
const lastChoice = z.object({ speaks: z.string(), languages: z.array(z.string()) });
export type LastChoice = z.infer<typeof lastChoice>;

export function rememberChoice(choice: LastChoice): void {
  try {
    localStorage.setItem(KEY, JSON.stringify(choice));
  } catch {
    // Not remembered.
  }
}

export function recallChoice(): LastChoice | undefined {
  try {
    return z.safeParse(lastChoice, JSON.parse(localStorage.getItem(KEY) ?? '{}')).data;
  } catch {
    return undefined;
  }
}
