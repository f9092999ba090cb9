import type { Clock } from '../clock/clock.ts';
import type { Log } from '../log.ts';
import type { Settings } from '../settings.ts';
import { chatPart } from './chat.ts';
import type { BreakersPart } from './ice.ts';
import type { Part } from './part.ts';
import { questionsPart } from './questions.ts';
import { speakerPart } from './speaker.ts';
import type { BoxState } from './storage.ts';
import type { ToursPart } from './tours.ts';
import type { TranscriptsPart } from './transcripts.ts';
import { translatorPart } from './translator.ts';

interface WhatTheyNeed {
  readonly settings: Settings;
  readonly log: Log;
  readonly state: BoxState;
  readonly clock: Clock;
  readonly breakers: BreakersPart;
  readonly tours: ToursPart;
  readonly transcripts: TranscriptsPart;
}

/** What goes the other way: visitors ask, the guide answers, all read and hear it in their own language. */
export function conversationParts(parts: WhatTheyNeed): readonly Part[] {
  const translating = translatorPart(parts);
  const speaker = speakerPart(parts);
  const { translator } = translating;
  const announce = speaker.announcer.announce.bind(speaker.announcer);
  return [
    translating,
    speaker,
    questionsPart({ ...parts, translator, announce }),
    chatPart({ ...parts, translator }),
  ];
}
