import type { Context } from 'koa';
import { UbizoError } from '../../protocol/errors.ts';
import { canonicalTag } from '../../protocol/languages.ts';
import type { SoundChecks } from '../../sound-check/sound-checks.ts';
import { wavOf } from '../../sound-check/wav.ts';
import type { Tours } from '../../tour/tours.ts';
import { readClip } from '../bodies.ts';
import { parameter, type Route } from '../route.ts';

const SOUND = ['audio/*', 'video/*', 'application/ogg', 'application/octet-stream'];

/** Every language of a tour is tried before it begins. */
export function soundCheckRoutes({
  tours,
  soundChecks,
}: {
  tours: Tours;
  soundChecks: SoundChecks;
}): Route[] {
  return [
    {
      method: 'POST',
      path: '/api/tours/:id/sound-check',
      who: 'guide',
      handle: async (context) => {
        const tour = tours.get(parameter(context, 'id'));
        soundChecks.expectPossible(tour);
        const clip = await clipOf(context);
        context.body = await soundChecks.begin(tour, clip);
        context.status = 202;
      },
    },
    {
      method: 'GET',
      path: '/api/tours/:id/sound-check',
      who: 'guide',
      handle: (context) => {
        const tour = tours.get(parameter(context, 'id'));
        context.body = soundChecks.of(tour.record.id).view();
      },
    },
    {
      method: 'GET',
      path: '/api/tours/:id/sound-check/:language',
      who: 'guide',
      handle: (context) => {
        const tour = tours.get(parameter(context, 'id'));
        const sound = soundChecks.of(tour.record.id).sound(canonicalTag(parameter(context, 'language')));
        if (!sound) throw new UbizoError('not_found', 'Nothing was heard in this language.');
        context.set('Cache-Control', 'no-store');
        context.type = 'audio/wav';
        context.body = wavOf(sound);
      },
    },
    {
      method: 'DELETE',
      path: '/api/tours/:id/sound-check',
      who: 'guide',
      handle: async (context) => {
        const tour = tours.get(parameter(context, 'id'));
        await soundChecks.forget(tour.record.id);
        context.status = 204;
      },
    },
  ];
}

/** Undefined: nothing was sent along, and the microphone is to be heard. */
async function clipOf(context: Context): Promise<Buffer | undefined> {
  const type = context.request.is(SOUND);
  if (type === null || context.get('content-length') === '0') return undefined;
  if (type) return readClip(context.req);
  throw new UbizoError(
    'unsupported_media_type',
    'Send a clip as it is, with its media type, such as audio/mpeg; or nothing, and the microphone is heard.',
  );
}
