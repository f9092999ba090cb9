import { callsPart } from './calls.ts';
import { chatPart } from './chat.ts';
import { deskChannelPart, type WhatTheDeskHearsWith } from './desk-channel.ts';
import type { BreakersPart } from './ice.ts';
import type { Part } from './part.ts';
import { questionsPart } from './questions.ts';
import { speakerPart } from './speaker.ts';
import type { BoxState } from './storage.ts';
import { talkPart, type WhatTalkNeeds } from './talk.ts';
import type { TranscriptsPart } from './transcripts.ts';
import { translatorPart } from './translator.ts';

export interface WhatAConversationNeeds extends WhatTalkNeeds, WhatTheDeskHearsWith {
  readonly state: BoxState;
  readonly breakers: BreakersPart;
  readonly transcripts: TranscriptsPart;
}

/** What goes the other way: visitors ask, the guide answers, all read and hear it in their own language. */
export function conversationParts(parts: WhatAConversationNeeds): readonly Part[] {
  const translating = translatorPart(parts);
  const speaker = speakerPart(parts);
  const { translator } = translating;
  const { announcer } = speaker;
  const announce = announcer.announce.bind(announcer);
  const questions = questionsPart({ ...parts, translator, announce });
  const talk = talkPart({
    ...parts,
    expectMayAsk: ({ record: { id } }, attendee) => questions.questions.of(id)?.expectNotBlocked(attendee),
  });
  questions.questions.subscribeBlocks((tour, attendee) => talk.talks.of(tour)?.refuse(attendee));
  announcer.subscribe((tour, reading) => talk.talks.of(tour)?.reads(reading));
  const deskChannel = deskChannelPart({ ...parts, talk, questions });
  const calls = callsPart({ ...parts, talk, deskChannel });
  return [translating, speaker, questions, chatPart({ ...parts, translator }), talk, deskChannel, calls];
}
