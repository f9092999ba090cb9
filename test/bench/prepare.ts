import { parseArgs, type ParseArgsOptionsConfig } from 'node:util';
import { buildPages, pagesAreStale } from '../../appliance/http/page-build.ts';

/** Every bench has a short form, which shows that it still works; its figures say nothing. */
const SHORT = { short: { type: 'boolean', default: false } } as const;

/** The options of a bench: its own, and `--short`. @throws with what is wrong. */
export function readBenchOptions<T extends ParseArgsOptionsConfig>(options: T) {
  return parseArgs({ options: { ...options, ...SHORT } }).values;
}

/** @throws with `--NAME` in it, unless it is a whole number, 1 or more. */
export function count(name: string, text: string): number {
  const number = Number(text);
  if (!Number.isInteger(number) || number < 1)
    throw new RangeError(`--${name} ${text}: must be a whole number, 1 or more.`);
  return number;
}

/** Benches are of the pages as their sources are now. @throws with what keeps them from being built. */
export async function freshPages(): Promise<void> {
  if (!(await pagesAreStale())) return;
  const problem = await buildPages();
  if (problem !== undefined) throw new Error(problem);
}
