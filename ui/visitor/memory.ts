/**
 * What this phone remembers of its owner's choices. In iOS's captive window and in private windows storage throws:
 * then nothing is remembered, and nothing else changes.
 */

type Remembered = 'text-size' | 'language';

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
