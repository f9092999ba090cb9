import { join } from 'node:path';
import { Chats } from '../chat/chats.ts';
import { chatLine } from '../chat/message.ts';
import { ChatStore } from '../chat/chat-store.ts';
import type { Clock } from '../clock/clock.ts';
import { counter } from '../health/metrics.ts';
import { attendeeChat, deskChat } from '../http/events/chat-side.ts';
import { chatRoutes } from '../http/routes/chat.ts';
import type { Log } from '../log.ts';
import { LineFolder } from '../storage/line-folder.ts';
import type { Settings } from '../settings.ts';
import type { Translator } from '../translator/translator.ts';
import type { Part } from './part.ts';
import { translatingFor } from './texts.ts';
import type { ToursPart } from './tours.ts';
import type { TranscriptsPart } from './transcripts.ts';

interface WhatChatNeeds {
  readonly settings: Settings;
  readonly log: Log;
  readonly clock: Clock;
  readonly tours: ToursPart;
  readonly transcripts: TranscriptsPart;
  readonly translator: Translator;
}

/** What guides write to all, and how these react. */
export function chatPart({
  settings,
  log,
  clock,
  tours: { tours },
  transcripts: { transcripts },
  translator,
}: WhatChatNeeds): Part {
  const folder = new LineFolder({
    directory: join(settings.data, 'chat'),
    schema: chatLine,
    complaint: 'What guides write to all cannot be written down just now. Is the disk full?',
    log,
  });
  const store = new ChatStore({ folder, isKept: (tour) => transcripts.keepDays(tour) > 0 });
  const now = (): number => clock.now();
  const chats = new Chats({ store, translating: translatingFor(translator), now, log });
  tours.accompany(chats);
  transcripts.keepAlso(store, (tour) => chats.of(tour));
  return {
    name: 'chat',
    stop: () => store.stop(),
    routes: chatRoutes({ chats }),
    attendeeSide: attendeeChat(chats),
    deskSide: deskChat(chats),
    metrics: (registry) => {
      counter(registry, {
        name: 'ubizo_chat_total',
        help: 'Messages of guides and reactions of visitors',
        label: 'what',
        read: () => chats.counts,
      });
    },
  };
}
