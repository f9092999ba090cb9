import type { TranscriptFormat } from '../../../appliance/protocol/requests.ts';
import { transcriptsView, type TranscriptsView } from '../../../appliance/protocol/views.ts';
import { ask, tell } from '../request.ts';

/** What was said on a tour, for its guide. */

const pathOf = (tour: string): string => `/api/tours/${encodeURIComponent(tour)}/transcripts`;

export const transcripts = (tour: string): Promise<TranscriptsView> =>
  ask(transcriptsView, 'GET', pathOf(tour));

/** All languages. */
export const eraseTranscripts = (tour: string): Promise<void> => tell('DELETE', pathOf(tour));

/** Where the file is; the box names it. */
export const transcriptFile = (tour: string, language: string, format: TranscriptFormat): string =>
  `${pathOf(tour)}/${encodeURIComponent(language)}?format=${format}`;
