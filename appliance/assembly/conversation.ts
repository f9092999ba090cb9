import type { Part } from './part.ts';
import { talkPart, type WhatTalkNeeds } from './talk.ts';

/** What goes the other way: visitors ask, the guide answers, all read and hear it in their own language. */
export function conversationParts(parts: WhatTalkNeeds): readonly Part[] {
  return [talkPart(parts)];
}
