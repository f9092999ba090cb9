import { UbizoError } from '../../protocol/errors.ts';
import { languageName, namedLanguage } from '../../protocol/languages.ts';
import { ratingRequest } from '../../protocol/requests.ts';
import type { Tours } from '../../tour/tours.ts';
import { FORMATS } from '../../transcript/formats.ts';
import type { Transcripts } from '../../transcript/transcripts.ts';
import { readJson } from '../bodies.ts';
import { offerDownload } from '../download.ts';
import { parameter, type Route } from '../route.ts';

/** What a visitor takes away from a tour that has ended, and what they leave behind. */
export function visitRoutes({ tours, transcripts }: { tours: Tours; transcripts: Transcripts }): Route[] {
  return [
    {
      method: 'GET',
      path: '/api/visits/:tour/transcript',
      who: 'attendee',
      handle: async (context, who) => {
        const tour = tours.get(parameter(context, 'tour'));
        const { id, name, state } = tour.record;
        tour.attendance.expectWelcome(who.id);
        if (state !== 'ended')
          throw new UbizoError('tour_state', 'The transcript is there when the tour has ended.');
        const language = namedLanguage(context.URL.searchParams.get('language')) ?? who.language;
        const lines = await transcripts.read(id, language);
        const [first] = lines;
        if (!first) throw new UbizoError('not_found', 'Nothing was written down in this language.');
        const title = `${name} · ${languageName(language)}`;
        offerDownload(context, {
          name: `${name} ${language}`,
          extension: 'txt',
          type: FORMATS.txt.type,
        });
        context.body = FORMATS.txt.write(lines, { zero: first.from, title });
      },
    },
    {
      method: 'POST',
      path: '/api/visits/:tour/rating',
      who: 'attendee',
      handle: async (context, who) => {
        const tour = tours.get(parameter(context, 'tour'));
        tour.attendance.expectWelcome(who.id);
        const { stars } = await readJson(context.req, ratingRequest);
        tour.outcome.rate(who.id, stars);
        context.status = 204;
      },
    },
  ];
}
