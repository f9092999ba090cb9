import type { Tours } from '../../tour/tours.ts';
import { parameter, type Route } from '../route.ts';

/** Who is on a guide's tour. They are listed in the tour itself, and over its events. */
export function attendeeRoutes({ tours }: { tours: Tours }): Route[] {
  return [
    {
      method: 'DELETE',
      path: '/api/tours/:id/attendees/:attendee',
      who: 'guide',
      handle: async (context) => {
        await tours.get(parameter(context, 'id')).remove(parameter(context, 'attendee'));
        context.status = 204;
      },
    },
  ];
}
