import type { Chats } from '../../chat/chats.ts';
import type { TourChat } from '../../chat/tour-chat.ts';
import { chatPatch, chatRequest } from '../../protocol/chat.ts';
import { UbizoError } from '../../protocol/errors.ts';
import { readJson } from '../bodies.ts';
import { parameter, type Route } from '../route.ts';

/** What a guide writes to all. Everybody hears of it over their events. */
export function chatRoutes({ chats }: { chats: Pick<Chats, 'of'> }): Route[] {
  const ofTour = (id: string): TourChat => {
    const found = chats.of(id);
    if (!found) throw new UbizoError('tour_not_found', 'There is no such tour on this box.');
    return found;
  };

  return [
    {
      method: 'POST',
      path: '/api/tours/:id/chat',
      who: 'guide',
      handle: async (context) => {
        const chat = ofTour(parameter(context, 'id'));
        const message = await chat.post(await readJson(context.req, chatRequest));
        context.status = 201;
        context.body = chat.viewOf(message);
      },
    },
    {
      method: 'PATCH',
      path: '/api/tours/:id/chat/:message',
      who: 'guide',
      handle: async (context) => {
        const { pinned } = await readJson(context.req, chatPatch);
        ofTour(parameter(context, 'id')).pin(parameter(context, 'message'), pinned);
        context.status = 204;
      },
    },
    {
      method: 'DELETE',
      path: '/api/tours/:id/chat/:message',
      who: 'guide',
      handle: (context) => {
        ofTour(parameter(context, 'id')).remove(parameter(context, 'message'));
        context.status = 204;
      },
    },
  ];
}
