import { normaliseCode } from '../../appliance/protocol/codes.ts';

/**
 * What this phone remembers of its owner's choices. In iOS's captive window and in private windows storage throws:
 * then nothing is remembered, and nothing else changes.
 */

type Remembered =
  | 'text-size'
  | 'announce'
  | 'face'
  | 'language'
  | 'name'
  | 'entry-code'
  | 'page-language'
  | 'loudspeaker'
  | 'sensitivity';

const keyOf = (what: Remembered): string => `ubizo.${what}`;

export function remember(what: Remembered, value: string): void {
  try {
    localStorage.setItem(keyOf(what), value);
  } catch {
    // Not remembered.
  }
}

export function recall(what: Remembered): string | undefined {
  try {
    return localStorage.getItem(keyOf(what)) ?? undefined;
  } catch {
    return undefined;
  }
}

/** One tour's at a time: it lets the same phone in again after the page was closed. */
export function rememberEntryCode(tourCode: string, entryCode: string): void {
  remember('entry-code', `${tourCode} ${normaliseCode(entryCode)}`);
}

export function recallEntryCode(tourCode: string): string {
  const [tour, ...entryCode] = (recall('entry-code') ?? '').split(' ');
  return tour === tourCode ? normaliseCode(entryCode.join('')) : '';
}
