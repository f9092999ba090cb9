import type { Context } from 'koa';
import { UbizoError } from '../../protocol/errors.ts';
import { newTourRequest, tourPatch } from '../../protocol/requests.ts';
import type { BoxView } from '../../protocol/views.ts';
import type { Tour } from '../../tour/tour.ts';
import type { Tours } from '../../tour/tours.ts';
import { isTheirs } from '../access.ts';
import { type CapRule, expectRaisable } from '../cap-rule.ts';
import type { DeskViews } from '../desk-views.ts';
import { readJson } from '../bodies.ts';
import { parameter, type Route } from '../route.ts';

/** The guide's tours. */
export function tourRoutes({
  tours,
  deskViews,
  cap,
  box,
}: {
  tours: Tours;
  deskViews: DeskViews;
  cap: () => CapRule;
  box: () => Promise<BoxView>;
}): Route[] {
  const of = (context: Context): Tour => tours.get(parameter(context, 'id'));
  const action = (name: string, act: (tour: Tour) => Promise<void>): Route => ({
    method: 'POST',
    path: `/api/tours/:id/${name}`,
    who: 'guide',
    handle: async (context, who) => {
      const tour = of(context);
      await act(tour);
      context.body = deskViews.of(tour, who);
    },
  });
  return [
    {
      method: 'GET',
      path: '/api/box',
      who: 'guide',
      handle: async (context) => {
        context.body = await box();
      },
    },
    {
      method: 'GET',
      path: '/api/tours',
      who: 'guide',
      handle: (context, who) => {
        const theirs = tours.all().filter(({ record }) => isTheirs(who, record));
        context.body = { tours: theirs.map((tour) => deskViews.of(tour, who)) };
      },
    },
    {
      method: 'POST',
      path: '/api/tours',
      who: 'guide',
      handle: async (context, who) => {
        const wanted = await readJson(context.req, newTourRequest);
        expectRaisable(wanted.spendCapUsd, who, cap());
        const tour = await tours.create(wanted, who.account?.id);
        context.status = 201;
        context.set('Location', `/api/tours/${tour.record.id}`);
        context.body = deskViews.of(tour, who);
      },
    },
    {
      method: 'POST',
      path: '/api/tours/:id/copy',
      who: 'guide',
      handle: async (context, who) => {
        const copy = await tours.copy(parameter(context, 'id'), who.account?.id);
        context.status = 201;
        context.set('Location', `/api/tours/${copy.record.id}`);
        context.body = deskViews.of(copy, who);
      },
    },
    {
      method: 'GET',
      path: '/api/tours/:id',
      who: 'guide',
      handle: (context, who) => {
        context.body = deskViews.of(of(context), who);
      },
    },
    {
      method: 'PATCH',
      path: '/api/tours/:id',
      who: 'guide',
      handle: async (context, who) => {
        const tour = of(context);
        const patch = await readJson(context.req, tourPatch);
        if (patch.spendCapUsd !== tour.record.spendCapUsd) expectRaisable(patch.spendCapUsd, who, cap());
        if (patch.microphone !== undefined) await expectMicrophone(patch.microphone, box);
        await tour.patch(patch);
        context.body = deskViews.of(tour, who);
      },
    },
    {
      method: 'DELETE',
      path: '/api/tours/:id',
      who: 'guide',
      handle: async (context) => {
        await tours.delete(parameter(context, 'id'));
        context.status = 204;
      },
    },
    action('start', (tour) => tour.begin()),
    action('pause', (tour) => tour.pause()),
    action('resume', (tour) => tour.resume()),
    action('end', (tour) => tour.end()),
  ];
}

/** A guide chooses from the list; a path or a device of their own is not theirs to name. */
async function expectMicrophone(id: string, box: () => Promise<BoxView>): Promise<void> {
  const { microphones } = await box();
  if (microphones.some((option) => option.id === id)) return;
  throw new UbizoError('microphone_unknown', 'This box has no such microphone; choose one from the list.');
}
