import type { Message } from '../../chat/message.ts';
import { ALL, type TourChat } from '../../chat/tour-chat.ts';
import type { AttendeeEvent, AttendeeMessage } from '../../protocol/events.ts';
import type { AttendeePage, AttendeeSide, DeskPage, DeskSide, OpenSide } from './side.ts';

/** That of a tour; undefined: the tour has gone meanwhile. */
type OfTour = { of(tour: string): TourChat | undefined };

const NOTHING = { show: () => undefined, take: () => false, close: () => undefined };

/** What a visitor's page is told of the guide's messages, in its language; it sends reactions. */
export function attendeeChat(chats: OfTour): AttendeeSide {
  return {
    open: (page) => {
      const chat = chats.of(page.tour.record.id);
      return chat ? openAttendee(page, chat) : NOTHING;
    },
  };
}

function openAttendee(page: AttendeePage, chat: TourChat): OpenSide<AttendeeMessage> {
  const told = new Set<string>();

  const write = (id: string): string => {
    const message = chat.find(id);
    const event: AttendeeEvent = message
      ? { type: 'chat', message: chat.viewOf(message, page.language()) }
      : { type: 'chat-gone', id };
    return JSON.stringify(event);
  };

  const isShown = (message: Message | undefined): boolean => {
    if (!message) return false;
    // Whoever reads a language that nobody has read so far has it translated by that.
    chat.viewOf(message, page.language());
    return chat.isReady(message, page.language());
  };

  const show = (): void => {
    page.post(() => {
      const messages = chat.all();
      for (const { id } of messages) told.add(id);
      const read = messages.map((message) => chat.viewOf(message, page.language()));
      return JSON.stringify({ type: 'chats', messages: read } satisfies AttendeeEvent);
    }, 'chats');
  };

  const unsubscribe = chat.subscribe((news) => {
    if (news === ALL) return show();
    const message = chat.find(news);
    if (!told.has(news) && !isShown(message)) return;
    if (message) told.add(news);
    else told.delete(news);
    page.post(() => write(news), `chat ${news}`);
  });

  return {
    show,
    take: (message) => {
      if (message.type !== 'reaction') return false;
      chat.reactions.add(page.attendee, message.reaction);
      return true;
    },
    close: unsubscribe,
  };
}

/** What a guide's desk is told: their messages, and how many react. */
export function deskChat(chats: OfTour): DeskSide {
  return {
    open: (page) => {
      const chat = chats.of(page.tour.record.id);
      return chat ? openDesk(page, chat) : NOTHING;
    },
  };
}

function openDesk(page: DeskPage, chat: TourChat): OpenSide<unknown> {
  const show = (): void =>
    page.send({ type: 'chats', messages: chat.all().map((message) => chat.viewOf(message)) }, 'chats');

  const undos = [
    chat.subscribe((news) => {
      if (news === ALL) return show();
      const message = chat.find(news);
      if (message) page.send({ type: 'chat', message: chat.viewOf(message) }, `chat ${news}`);
      else page.send({ type: 'chat-gone', id: news }, `chat ${news}`);
    }),
    chat.reactions.subscribe((counts) => page.send({ type: 'reactions', counts }, 'reactions')),
  ];

  return { show, take: () => false, close: () => undos.forEach((undo) => undo()) };
}
