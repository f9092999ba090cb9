import { waitUntil as waitBriefly } from '@open-wc/testing';

/** As long as a busy machine may take; the library's one second is shorter than that. */
const PATIENCE_MS = 10_000;

export const waitUntil: typeof waitBriefly = (predicate, message, options) =>
  waitBriefly(predicate, message, { timeout: PATIENCE_MS, ...options });
