import type { Clock } from '../clock/clock.ts';
import type { Log } from '../log.ts';
import type { Settings } from '../settings.ts';
import { chatPart } from './chat.ts';
import type { Part } from './part.ts';
import { questionsPart } from './questions.ts';
import { asWritten } from './texts.ts';
import type { ToursPart } from './tours.ts';
import type { TranscriptsPart } from './transcripts.ts';

interface WhatConversationNeeds {
  readonly settings: Settings;
  readonly log: Log;
  readonly clock: Clock;
  readonly tours: ToursPart;
  readonly transcripts: TranscriptsPart;
}

/** What goes the other way: visitors ask, the guide answers, all read and hear it in their own language. */
export function conversationParts(parts: WhatConversationNeeds): readonly Part[] {
  const texts = { ...parts, translator: asWritten };
  const questions = questionsPart({ ...texts, announce: () => undefined });
  return [questions, chatPart(texts)];
}
