import type { Part } from './part.ts';

/** What goes the other way: visitors ask, the guide answers, all read and hear it in their own language. */
export function conversationParts(): readonly Part[] {
  return [];
}
