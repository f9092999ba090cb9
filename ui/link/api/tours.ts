import * as z from 'zod/mini';
import type { NewTour, TourPatch } from '../../../appliance/protocol/requests.ts';
import { tourDeskView, type TourDeskView } from '../../../appliance/protocol/views.ts';
import { ask, tell } from '../request.ts';

/** The guide's tours. */

const tourList = z.object({ tours: z.array(tourDeskView) });

export type TourStep = 'start' | 'pause' | 'resume' | 'end';

const pathOf = (id: string): string => `/api/tours/${encodeURIComponent(id)}`;

export const listTours = async (): Promise<TourDeskView[]> =>
  (await ask(tourList, 'GET', '/api/tours')).tours;

export const createTour = (tour: NewTour): Promise<TourDeskView> =>
  ask(tourDeskView, 'POST', '/api/tours', tour);

export const changeTour = (id: string, patch: TourPatch): Promise<TourDeskView> =>
  ask(tourDeskView, 'PATCH', pathOf(id), patch);

export const takeStep = (id: string, step: TourStep): Promise<TourDeskView> =>
  ask(tourDeskView, 'POST', `${pathOf(id)}/${step}`);

export const deleteTour = (id: string): Promise<void> => tell('DELETE', pathOf(id));

/** A new tour with everything of this one but what happened on it. */
export const copyTour = (id: string): Promise<TourDeskView> =>
  ask(tourDeskView, 'POST', `${pathOf(id)}/copy`);

/** The visitor no longer hears the tour. */
export const removeAttendee = (id: string, attendee: string): Promise<void> =>
  tell('DELETE', `${pathOf(id)}/attendees/${encodeURIComponent(attendee)}`);

export const deskEventsPath = (id: string): string => `${pathOf(id)}/events`;

export const phoneMicrophonePath = (id: string): string => `/whip/floor?tour=${encodeURIComponent(id)}`;

export const phoneSocketPath = (id: string): string => `/api/tours/${id}/microphone`;

/** Where visitors' voices are heard by the guide alone (WHEP). */
export const deskSoundPath = (id: string): string => `/whep/desk?tour=${encodeURIComponent(id)}`;
