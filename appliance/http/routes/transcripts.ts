import type { Context } from 'koa';
import * as z from 'zod/mini';
import { UbizoError } from '../../protocol/errors.ts';
import { canonicalTag, languageName } from '../../protocol/languages.ts';
import { type TranscriptFormat, transcriptFormat } from '../../protocol/requests.ts';
import type { TranscriptsView } from '../../protocol/views.ts';
import type { Tour } from '../../tour/tour.ts';
import type { Tours } from '../../tour/tours.ts';
import { FORMATS } from '../../transcript/formats.ts';
import type { Transcripts } from '../../transcript/transcripts.ts';
import { offerDownload } from '../download.ts';
import { parameter, type Route } from '../route.ts';

/** What was said on a tour: to take away, and to erase. */
export function transcriptRoutes({
  tours,
  transcripts,
}: {
  tours: Tours;
  transcripts: Transcripts;
}): Route[] {
  const tourOf = (context: Context): Tour => tours.get(parameter(context, 'id'));

  return [
    {
      method: 'GET',
      path: '/api/tours/:id/transcripts',
      who: 'guide',
      handle: async (context) => {
        const tour = tourOf(context);
        const view: TranscriptsView = {
          transcripts: await transcripts.views(tour.record),
          keepDays: transcripts.keepDays(tour.record.id),
        };
        context.body = view;
      },
    },
    {
      method: 'GET',
      path: '/api/tours/:id/transcripts/:language',
      who: 'guide',
      handle: async (context) => {
        const tour = tourOf(context);
        const { id, name } = tour.record;
        const language = canonicalTag(parameter(context, 'language'));
        const format = formatOf(context);
        const lines = await transcripts.read(id, language);
        if (lines.length === 0)
          throw new UbizoError('not_found', 'Nothing was written down in this language.');
        const zero = Math.min(...(await transcripts.views(tour.record)).map(({ from }) => from));
        const title = `${name} · ${languageName(language)}`;
        offerDownload(context, {
          name: `${name} ${language}`,
          extension: format,
          type: FORMATS[format].type,
        });
        context.body = FORMATS[format].write(lines, { zero, title });
      },
    },
    {
      method: 'DELETE',
      path: '/api/tours/:id/transcripts',
      who: 'guide',
      handle: async (context) => {
        const tour = tourOf(context);
        try {
          await transcripts.erase(tour);
        } catch (error) {
          throw new UbizoError(
            'storage_failed',
            'The transcripts could not be erased. Is the disk read-only?',
            { cause: error },
          );
        }
        context.status = 204;
      },
    },
  ];
}

/** `?format=`; plain text without it. */
function formatOf(context: Context): TranscriptFormat {
  const parsed = z.safeParse(transcriptFormat, context.URL.searchParams.get('format') ?? 'txt');
  if (parsed.success) return parsed.data;
  throw new UbizoError('bad_request', '"format" is txt, srt or vtt.');
}
