import type { Log } from '../log.ts';
import type { Settings } from '../settings.ts';
import type { BreakersPart } from './ice.ts';
import type { Part } from './part.ts';
import { speakerPart } from './speaker.ts';
import type { BoxState } from './storage.ts';
import { talkPart, type WhatTalkNeeds } from './talk.ts';
import { translatorPart } from './translator.ts';

interface WhatTheyNeed extends WhatTalkNeeds {
  readonly settings: Settings;
  readonly log: Log;
  readonly state: BoxState;
  readonly breakers: BreakersPart;
}

/** What goes the other way: visitors ask, the guide answers, all read and hear it in their own language. */
export function conversationParts(parts: WhatTheyNeed): readonly Part[] {
  const translator = translatorPart(parts);
  const speaker = speakerPart(parts);
  const talk = talkPart(parts);
  speaker.announcer.subscribe((tour, reading) => talk.talks.of(tour)?.reads(reading));
  return [translator, speaker, talk];
}
