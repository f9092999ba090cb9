import type { Listeners } from '../../listener/listeners.ts';
import type { ConnectionView } from '../../protocol/recovery.ts';
import type { Route } from '../route.ts';

/** What the box sees of a visitor's own connection: for a phone that hears nothing and looks for the reason. */
export function connectionRoutes({ listeners }: { listeners: Listeners }): Route[] {
  return [
    {
      method: 'GET',
      path: '/api/visits/:tour/connection',
      who: 'attendee',
      handle: async (context, who) => {
        const listener = listeners.of(who.id);
        const view = await listener?.look();
        const answer: ConnectionView = {
          now: Date.now(),
          ...(listener && view && { seat: { ...view, soundingMs: Math.round(listener.soundingMs) } }),
        };
        context.body = answer;
      },
    },
  ];
}
