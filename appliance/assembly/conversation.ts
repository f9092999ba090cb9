import type { Clock } from '../clock/clock.ts';
import type { Log } from '../log.ts';
import type { Settings } from '../settings.ts';
import { chatPart } from './chat.ts';
import type { BreakersPart } from './ice.ts';
import type { Part } from './part.ts';
import { questionsPart } from './questions.ts';
import { speakerPart } from './speaker.ts';
import type { BoxState } from './storage.ts';
import { talkPart, type WhatTalkNeeds } from './talk.ts';
import type { TranscriptsPart } from './transcripts.ts';
import { translatorPart } from './translator.ts';

interface WhatTheyNeed extends WhatTalkNeeds {
  readonly settings: Settings;
  readonly log: Log;
  readonly state: BoxState;
  readonly clock: Clock;
  readonly breakers: BreakersPart;
  readonly transcripts: TranscriptsPart;
}

/** What goes the other way: visitors ask, the guide answers, all read and hear it in their own language. */
export function conversationParts(parts: WhatTheyNeed): readonly Part[] {
  const translating = translatorPart(parts);
  const speaker = speakerPart(parts);
  const { translator } = translating;
  const announce = speaker.announcer.announce.bind(speaker.announcer);
  const questions = questionsPart({ ...parts, translator, announce });
  const talk = talkPart({
    ...parts,
    expectMayAsk: ({ record: { id } }, attendee) => questions.questions.of(id)?.expectNotBlocked(attendee),
  });
  speaker.announcer.subscribe((tour, reading) => talk.talks.of(tour)?.reads(reading));
  return [translating, speaker, talk, questions, chatPart({ ...parts, translator })];
}
