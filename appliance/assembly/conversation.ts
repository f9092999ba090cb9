import type { Log } from '../log.ts';
import type { Settings } from '../settings.ts';
import type { BreakersPart } from './ice.ts';
import type { Part } from './part.ts';
import type { BoxState } from './storage.ts';
import { translatorPart } from './translator.ts';

interface WhatItNeeds {
  readonly settings: Settings;
  readonly log: Log;
  readonly state: BoxState;
  readonly breakers: BreakersPart;
}

/** What goes the other way: visitors ask, the guide answers, all read and hear it in their own language. */
export function conversationParts(parts: WhatItNeeds): readonly Part[] {
  const translator = translatorPart(parts);
  return [translator];
}
