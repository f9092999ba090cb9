import * as z from 'zod/mini';
import { joinAnswer, type JoinAnswer, type JoinRequest } from '../../../appliance/protocol/requests.ts';
import { tourView, type TourView } from '../../../appliance/protocol/views.ts';
import { ask } from '../request.ts';

/** What anyone may ask of the box. */

const liveTours = z.object({ tours: z.array(tourView), box: z.optional(z.string()) });

export const tourByCode = (code: string): Promise<TourView> =>
  ask(tourView, 'GET', `/api/tours/by-code/${encodeURIComponent(code)}`);

export const toursOpenNow = async (): Promise<TourView[]> => (await ask(liveTours, 'GET', '/api/live')).tours;

export const join = (request: JoinRequest): Promise<JoinAnswer> =>
  ask(joinAnswer, 'POST', '/api/join', request);
