import type { Clock } from '../clock/clock.ts';
import { counter, gauge } from '../health/metrics.ts';
import { attendeeCalls, deskCalls } from '../http/events/call-sides.ts';
import { Calls } from '../talkback/call/calls.ts';
import type { DeskChannelPart } from './desk-channel.ts';
import type { ListenersPart } from './listeners.ts';
import type { MicrophonesPart } from './media.ts';
import type { Part } from './part.ts';
import type { TalkPart } from './talk.ts';

/** Private calls between a visitor and the guide. Stops before the voices that it interprets with. */
export function callsPart({
  clock,
  microphones: { taps },
  listeners: { diversions },
  talk: { talks },
  deskChannel: { talkbacks, desks, voiceParts },
}: {
  clock: Clock;
  microphones: MicrophonesPart;
  listeners: ListenersPart;
  talk: TalkPart;
  deskChannel: DeskChannelPart;
}): Part {
  const calls = new Calls({
    ...voiceParts,
    talkbacks,
    desks,
    taps,
    divert: (attendee, channel) => diversions.divert(attendee, () => channel),
    now: () => clock.now(),
  });
  talks.accompany((talk) => calls.follow(talk));
  return {
    name: 'calls',
    stop: () => calls.stop(),
    attendeeSide: attendeeCalls(calls),
    deskSide: deskCalls(calls),
    metrics: (registry) => {
      gauge(registry, 'ubizo_calls', 'Private calls that go on', () => calls.active);
      counter(registry, {
        name: 'ubizo_calls_total',
        help: 'Private calls, by how they have ended',
        label: 'end',
        read: () => calls.ends,
      });
    },
  };
}
