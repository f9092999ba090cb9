import { openTours, type OpenTours } from '../../../appliance/protocol/arrival.ts';
import { joinAnswer, type JoinAnswer, type JoinRequest } from '../../../appliance/protocol/requests.ts';
import { tourView, type TourView } from '../../../appliance/protocol/views.ts';
import { normaliseCode } from '../../../appliance/protocol/codes.ts';
import { LinkError } from '../problem.ts';
import { ask } from '../request.ts';

/** What anyone may ask of the box. */

/** `typed`: as somebody typed or pasted it. */
export async function tourByCode(typed: string): Promise<TourView> {
  const code = normaliseCode(typed).toWellFormed();
  if (code === '') throw new LinkError('code_unknown', 'No tour has this code.');
  return ask(tourView, 'GET', `/api/tours/by-code/${encodeURIComponent(code)}`);
}

export const toursOpenNow = (): Promise<OpenTours> => ask(openTours, 'GET', '/api/live');

export const join = (request: JoinRequest): Promise<JoinAnswer> =>
  ask(joinAnswer, 'POST', '/api/join', request);
