import type { Log } from '../log.ts';
import type { Settings } from '../settings.ts';
import type { BreakersPart } from './ice.ts';
import type { Part } from './part.ts';
import { speakerPart } from './speaker.ts';
import type { BoxState } from './storage.ts';
import type { ToursPart } from './tours.ts';
import { translatorPart } from './translator.ts';

interface WhatTheyNeed {
  readonly settings: Settings;
  readonly log: Log;
  readonly state: BoxState;
  readonly breakers: BreakersPart;
  readonly tours: ToursPart;
}

/** What goes the other way: visitors ask, the guide answers, all read and hear it in their own language. */
export function conversationParts(parts: WhatTheyNeed): readonly Part[] {
  const translator = translatorPart(parts);
  return [translator, speakerPart(parts)];
}
