import type { AttendeeMessage, GuideMessage } from '../../protocol/events.ts';
import type { TalkState } from '../../talkback/talk-state.ts';
import type { Talks } from '../../talkback/talks.ts';
import type { AttendeePage, AttendeeSide, DeskPage, DeskSide, OpenSide } from './side.ts';

const NAME = 'floor';

/** What a visitor's page is told of who has the floor, and asks for. Who closes their last page has left it. */
export function attendeeFloorSide({ talks }: { talks: Talks }): AttendeeSide {
  return { open: (page) => openForAttendee(talks, page) };
}

function openForAttendee(
  talks: Talks,
  { tour, attendee, language, send }: AttendeePage,
): OpenSide<AttendeeMessage> {
  const talk = talks.of(tour.record.id);
  if (!talk) return NOTHING;
  let told = '';
  const tell = ({ holder, queue, voice }: TalkState): void => {
    const place = queue.findIndex((each) => each.attendee === attendee) + 1;
    const waits = queue[place - 1];
    const holds = holder?.attendee === attendee ? holder : undefined;
    const to = (holds ?? waits)?.to;
    const event = {
      type: 'floor',
      you: holds ? 'granted' : waits ? 'waiting' : 'none',
      ...(to && { to }),
      ...(waits && { place }),
      ...(holds && { endsAt: holds.endsAt }),
      interpreted: talk.isInterpreted(language()),
      voice,
    } as const;
    // Of a thousand pages most are told nothing new by somebody else's place in the queue.
    const text = JSON.stringify({ ...event, endsAt: holds && Math.round(holds.endsAt / 100) });
    if (text === told) return;
    told = text;
    send(event, NAME);
  };
  const undos = [talk.come(attendee), talk.subscribeState(tell)];
  return {
    show: () => {
      told = '';
      tell(talk.state);
    },
    take: (message) => {
      if (message.type !== 'floor') return false;
      if (message.act === 'request') talk.request(attendee, message.to);
      else talk.release(attendee);
      return true;
    },
    close: () => undos.forEach((undo) => undo()),
  };
}

/** What a guide's desk is told of who speaks and who would like to, and decides. */
export function deskFloorSide({ talks }: { talks: Talks }): DeskSide {
  return { open: (page) => openForDesk(talks, page) };
}

function openForDesk(talks: Talks, { tour, send }: DeskPage): OpenSide<GuideMessage> {
  const talk = talks.of(tour.record.id);
  if (!talk) return NOTHING;
  const tell = ({ holder, queue, voice }: TalkState): void =>
    send({ type: 'floor', ...(holder && { holder }), queue: [...queue], voice }, NAME);
  const unsubscribe = talk.subscribeState(tell);
  return {
    show: () => tell(talk.state),
    take: (message) => {
      if (message.type !== 'floor') return false;
      if (message.act === 'grant') talk.grant(message.attendee);
      else if (message.act === 'refuse') talk.refuse(message.attendee);
      else talk.takeBack(message.attendee);
      return true;
    },
    close: unsubscribe,
  };
}

const NOTHING: OpenSide<AttendeeMessage | GuideMessage> = {
  show: () => undefined,
  take: () => false,
  close: () => undefined,
};
