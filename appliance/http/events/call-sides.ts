import type { DeskCall } from '../../protocol/talk.ts';
import type { AttendeeEvent } from '../../protocol/events.ts';
import type { Calls } from '../../talkback/call/calls.ts';
import type { Call } from '../../talkback/call/tour-calls.ts';
import type { Tour } from '../../tour/tour.ts';
import type { AttendeeSide, DeskSide } from './side.ts';

/** A visitor calls the guide, and is told what becomes of it. */
export function attendeeCalls(calls: Calls): AttendeeSide {
  return {
    open: ({ tour, attendee, send }) => {
      const own = calls.of(tour.record.id);
      const show = (): void => {
        const call = own?.of(attendee);
        const interpreted = call && call.state.kind !== 'ended' && calls.isInterpreted(tour, attendee);
        send(visitorEvent(call, interpreted), 'call');
      };
      const leave = own?.come(attendee);
      const unsubscribe = own?.subscribe((call) => {
        if (call.attendee === attendee) show();
      });
      return {
        show,
        take: (message) => {
          if (message.type !== 'call') return false;
          if (message.act === 'ring') own?.ring(attendee);
          else own?.hangUp(attendee);
          return true;
        },
        close: () => {
          unsubscribe?.();
          leave?.();
        },
      };
    },
  };
}

/** The guide sees who calls, and takes one of them at a time. */
export function deskCalls(calls: Calls): DeskSide {
  return {
    open: ({ tour, send }) => {
      const own = calls.of(tour.record.id);
      const show = (): void => {
        const all = [...(own?.all() ?? [])].map((call) => deskCall(call, tour, calls));
        send({ type: 'calls', calls: all }, 'calls');
      };
      const leave = own?.watch();
      const unsubscribe = own?.subscribe(show);
      return {
        show,
        take: (message) => {
          if (message.type !== 'call') return false;
          if (message.act === 'take') own?.take(message.id, message.floor ?? 'muted');
          else own?.endByGuide(message.id);
          return true;
        },
        close: () => {
          unsubscribe?.();
          leave?.();
        },
      };
    },
  };
}

function visitorEvent(call: Call | undefined, interpreted: boolean | undefined): AttendeeEvent {
  if (!call) return { type: 'call', state: 'none' };
  const { state } = call;
  return {
    type: 'call',
    state: state.kind,
    ...(state.kind === 'active' && { endsAt: state.endsAt }),
    ...(state.kind === 'ended' && { end: state.end }),
    ...(interpreted !== undefined && { interpreted }),
  };
}

function deskCall({ id, attendee, at, state }: Call, tour: Tour, calls: Calls): DeskCall {
  const visitor = tour.attendance.get(attendee);
  return {
    id,
    attendee,
    ...(visitor?.name !== undefined && { name: visitor.name }),
    language: visitor?.language ?? tour.record.floorLanguage,
    state: state.kind,
    interpreted: calls.isInterpreted(tour, attendee),
    at,
    ...(state.kind === 'active' && { endsAt: state.endsAt }),
    ...(state.kind === 'ended' && { end: state.end }),
  };
}
