import * as z from 'zod/mini';
import type { OpenNews } from './open-news.ts';
import type { PageConnection } from './page-connection.ts';
import { EventsSocket } from './socket.ts';

/** As for visitors who have joined. */
const LOOK_MS = 5_000;

/** What somebody is told who has not joined: what there is to join, whenever that changes. */
export function openArrivalSocket({ page, news }: { page: PageConnection; news: OpenNews }): void {
  const events = new EventsSocket({
    page,
    lookMs: LOOK_MS,
    messages: z.never(),
    onMessage: () => undefined,
    onClose: news.subscribe((text) => events.post(text, 'open')),
  });
  events.start();
  events.post(news.text(), 'open');
}
