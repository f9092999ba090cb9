import type { Clock } from '../clock/clock.ts';
import type { Log } from '../log.ts';
import type { Settings } from '../settings.ts';
import { conversationParts, type WhatAConversationNeeds } from './conversation.ts';
import type { ListenersPart } from './listeners.ts';
import type { InterpreterPart, MicrophonesPart } from './media.ts';
import { type PacePart, pacePart } from './pace.ts';
import type { Part } from './part.ts';
import { type QualityPart, qualityPart } from './quality.ts';
import { soundCheckPart } from './sound-check.ts';
import type { StreamsPart } from './streams.ts';
import type { ToursPart } from './tours.ts';
import type { TranscriptsPart } from './transcripts.ts';

interface CompanionParts {
  readonly pace: PacePart;
  readonly quality: QualityPart;
  readonly companions: readonly Part[];
}

interface WhatTheyGoWith extends WhatAConversationNeeds {
  readonly settings: Settings;
  readonly log: Log;
  readonly tours: ToursPart;
  readonly listeners: ListenersPart;
  readonly streams: StreamsPart;
  readonly microphones: MicrophonesPart;
  readonly interpreter: InterpreterPart;
  readonly clock: Clock;
  readonly transcripts: TranscriptsPart;
}

/** What goes with a tour from outside, and is nobody else's business. */
export function companionParts(parts: WhatTheyGoWith): CompanionParts {
  const pace = pacePart(parts);
  const quality = qualityPart(parts);
  return { pace, quality, companions: [pace, quality, soundCheckPart(parts), ...conversationParts(parts)] };
}
