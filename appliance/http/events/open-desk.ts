import * as z from 'zod/mini';
import type { OpenEvent } from '../../protocol/events.ts';
import type { Arrivals } from '../arrivals.ts';
import type { OpenNews } from './open-news.ts';
import { EventsSocket, type PageConnection } from './socket.ts';

/** What somebody is told who has not joined: what there is to join, whenever that changes. */
export function openArrivalSocket({
  page,
  arrivals,
  news,
}: {
  page: PageConnection;
  arrivals: Pick<Arrivals, 'open'>;
  news: OpenNews;
}): void {
  const tell = (): void =>
    events.post(() => JSON.stringify({ type: 'open', ...arrivals.open() } satisfies OpenEvent), 'open');
  const events = new EventsSocket({
    page,
    messages: z.never(),
    onMessage: () => undefined,
    onClose: news.subscribe(tell),
  });
  events.start();
  tell();
}
