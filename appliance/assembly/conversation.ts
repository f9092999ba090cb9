import { callsPart } from './calls.ts';
import { deskChannelPart, type WhatTheDeskHearsWith } from './desk-channel.ts';
import type { Part } from './part.ts';
import { talkPart, type WhatTalkNeeds } from './talk.ts';

export type WhatAConversationNeeds = WhatTalkNeeds & WhatTheDeskHearsWith;

/** What goes the other way: visitors ask, the guide answers, all read and hear it in their own language. */
export function conversationParts(parts: WhatAConversationNeeds): readonly Part[] {
  const talk = talkPart(parts);
  const deskChannel = deskChannelPart({ ...parts, talk });
  return [talk, deskChannel, callsPart({ ...parts, talk, deskChannel })];
}
