import { Diversions } from '../channel/diversions.ts';
import type { Log } from '../log.ts';
import type { Settings } from '../settings.ts';
import type { AccountsPart } from './accounts.ts';
import type { IceServersPart } from './ice.ts';
import { type ListenersPart, listenersPart } from './listeners.ts';
import type { ShardsPart } from './media.ts';
import type { Part } from './part.ts';
import { type StreamsPart, streamsPart } from './streams.ts';
import type { ToursPart } from './tours.ts';

interface HearingParts {
  readonly listeners: ListenersPart;
  readonly streams: StreamsPart;
  readonly hearing: readonly Part[];
}

interface WhatHearingNeeds {
  readonly settings: Settings;
  readonly log: Log;
  readonly accounts: AccountsPart;
  readonly tours: ToursPart;
  readonly shards: ShardsPart;
  readonly ice: IceServersPart;
}

/** The ways of sound: WebRTC, and those over TCP. They share one room, so each knows of the other. */
export function hearingParts(parts: WhatHearingNeeds): HearingParts {
  const diversions = new Diversions();
  const streams = streamsPart({ ...parts, diversions, listeners: () => listeners });
  const listeners: ListenersPart = listenersPart({ ...parts, diversions, streams });
  return { listeners, streams, hearing: [listeners, streams] };
}
