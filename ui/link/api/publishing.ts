import {
  publishingTokenAnswer,
  type PublishingTokenAnswer,
  publishingTokenView,
  type PublishingTokenView,
} from '../../../appliance/protocol/requests.ts';
import { ask, tell } from '../request.ts';

/** Encoders as a tour's microphone. */

const pathOf = (tour: string): string => `/api/tours/${encodeURIComponent(tour)}/publishing-token`;

export const publishing = (tour: string): Promise<PublishingTokenView> =>
  ask(publishingTokenView, 'GET', pathOf(tour));

/** The one before is no longer good. */
export const newPublishingToken = (tour: string): Promise<PublishingTokenAnswer> =>
  ask(publishingTokenAnswer, 'POST', pathOf(tour));

export const revokePublishingToken = (tour: string): Promise<void> => tell('DELETE', pathOf(tour));
