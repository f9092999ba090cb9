import type { BreakersPart } from './ice.ts';
import { callsPart } from './calls.ts';
import { deskChannelPart, type WhatTheDeskHearsWith } from './desk-channel.ts';
import type { Part } from './part.ts';
import { speakerPart } from './speaker.ts';
import type { BoxState } from './storage.ts';
import { talkPart, type WhatTalkNeeds } from './talk.ts';
import { translatorPart } from './translator.ts';

export interface WhatAConversationNeeds extends WhatTalkNeeds, WhatTheDeskHearsWith {
  readonly state: BoxState;
  readonly breakers: BreakersPart;
}

/** What goes the other way: visitors ask, the guide answers, all read and hear it in their own language. */
export function conversationParts(parts: WhatAConversationNeeds): readonly Part[] {
  const speaker = speakerPart(parts);
  const talk = talkPart(parts);
  speaker.announcer.subscribe((tour, reading) => talk.talks.of(tour)?.reads(reading));
  const deskChannel = deskChannelPart({ ...parts, talk });
  const calls = callsPart({ ...parts, talk, deskChannel });
  return [translatorPart(parts), speaker, talk, deskChannel, calls];
}
