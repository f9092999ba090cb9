import type { Parameters } from 'fast-check';

/**
 * How many and which: the same on every machine, unless `UBIZO_FUZZ_SEED` says otherwise. A failure prints the seed
 * and the smallest input that fails.
 */
export function fuzz<T>(numRuns: number): Parameters<T> {
  return { numRuns, seed: Number(process.env['UBIZO_FUZZ_SEED'] ?? 1_889) };
}
