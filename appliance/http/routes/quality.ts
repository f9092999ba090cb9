import type { Qualities } from '../../quality/qualities.ts';
import { UbizoError } from '../../protocol/errors.ts';
import type { QualityView } from '../../protocol/quality-view.ts';
import { parameter, type Route } from '../route.ts';

/** How the phones of a tour hear, now and in the last hour. */
export function qualityRoutes({ qualities }: { qualities: Qualities }): Route[] {
  return [
    {
      method: 'GET',
      path: '/api/tours/:id/quality',
      who: 'guide',
      handle: (context) => {
        const quality = qualities.of(parameter(context, 'id'));
        if (!quality) throw new UbizoError('tour_not_found', 'There is no such tour on this box.');
        const view: QualityView = quality.view;
        context.body = view;
      },
    },
  ];
}
