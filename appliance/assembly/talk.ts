import { Counter } from 'prom-client';
import { hush } from '../channel/hushed-channel.ts';
import type { Clock } from '../clock/clock.ts';
import { counter, gauge, gauges } from '../health/metrics.ts';
import { attendeeFloorSide, deskFloorSide } from '../http/events/floor-sides.ts';
import { askRoutes } from '../http/routes/ask.ts';
import { JitterBuffer } from '../microphone/jitter-buffer.ts';
import { VisitorVoice } from '../microphone/visitor-voice.ts';
import type { ExpectMayAsk } from '../talkback/talk-rules.ts';
import { Talks } from '../talkback/talks.ts';
import type { TourTalk } from '../talkback/tour-talk.ts';
import type { IceServersPart } from './ice.ts';
import type { ListenersPart } from './listeners.ts';
import type { InterpreterPart, MicrophonesPart, ShardsPart } from './media.ts';
import type { Part } from './part.ts';
import type { ToursPart } from './tours.ts';

export interface TalkPart extends Part {
  readonly talks: Talks;
}

export interface WhatTalkNeeds {
  readonly clock: Clock;
  readonly shards: ShardsPart;
  readonly ice: IceServersPart;
  readonly microphones: MicrophonesPart;
  readonly interpreter: InterpreterPart;
  readonly tours: ToursPart;
  readonly listeners: ListenersPart;
}

interface WhatItIsGiven extends WhatTalkNeeds {
  /** @throws UbizoError why this visitor may not, whatever the tour allows. */
  readonly expectMayAsk: ExpectMayAsk;
}

/** Visitors who speak: who has the floor, and whose voice is heard. */
export function talkPart({
  clock,
  shards: { shards },
  ice,
  microphones: { floors },
  interpreter: { engines },
  tours: { tours },
  listeners: { listeners, diversions },
  expectMayAsk,
}: WhatItIsGiven): TalkPart {
  const talks = new Talks({
    floors,
    expectMayAsk,
    createVoice: (options) =>
      new VisitorVoice({ ...options, openPeer: (connection) => shards.open(connection) }),
    createBuffer: () => new JitterBuffer(),
    now: () => clock.now(),
    interprets: ({ record, spend }, from) => {
      const interpreting = spend.state === 'reached' ? engines.unpaid : engines.chosen;
      return interpreting.outlook(from, record.floorLanguage).by !== 'guide';
    },
    hush: (attendee) => {
      const undo = diversions.divert(attendee, hush());
      // Its thread answers in order: by then it sends them nothing more.
      return { undo, done: listeners.of(attendee)?.look() ?? Promise.resolve() };
    },
  });
  tours.accompany(talks);
  const sum = (of: (talk: TourTalk) => number): number =>
    [...talks.all()].reduce((total, talk) => total + of(talk), 0);
  const voices = (): number => sum(({ voices: { size } }) => size);
  return {
    name: 'talk',
    talks,
    routes: askRoutes({ tours, talks, offerIceServers: ice.offer }),
    attendeeSide: attendeeFloorSide({ talks }),
    deskSide: deskFloorSide({ talks }),
    checks: { floor: () => ({ ok: true, detail: String(voices()) }) },
    metrics: (registry) => {
      gauge(registry, 'ubizo_visitor_voices', 'Visitors’ microphones that are connected', voices);
      gauges(registry, {
        name: 'ubizo_floor_wishes',
        help: 'Visitors who speak, or wait until they may',
        label: 'state',
        read: () =>
          new Map([
            ['granted', sum(({ state }) => Number(state.holder !== undefined))],
            ['waiting', sum(({ state }) => state.queue.length)],
          ]),
      });
      counter(registry, {
        name: 'ubizo_floor_turns_total',
        help: 'Visitors’ turns to speak, by how they have ended',
        label: 'end',
        read: () => talks.ends,
      });
      registry.registerMetric(
        new Counter({
          name: 'ubizo_floor_dropped_packets_total',
          help: 'Packets of visitors’ microphones that came while it was not their turn',
          registers: [],
          collect() {
            this.reset();
            this.inc(talks.dropped);
          },
        }),
      );
    },
  };
}
