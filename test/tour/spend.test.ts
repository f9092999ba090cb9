import { afterEach, expect, test, vi } from 'vitest';
import { SpendKeeping } from '../../appliance/tour/spend-keeping.ts';
import type { TourRecord } from '../../appliance/tour/record.ts';
import type { SpendView } from '../../appliance/protocol/views.ts';
import { openTour, type TourRig } from './tour-rig.ts';

const rigs: TourRig[] = [];

afterEach(async () => {
  for (const { tour } of rigs.splice(0)) await tour.stop();
});

/** A live tour with a reader of Spanish and one of French. */
async function liveTour(): Promise<TourRig> {
  const rig = openTour();
  rigs.push(rig);
  rig.reader('a', 'es');
  rig.reader('b', 'fr');
  await rig.tour.begin();
  return rig;
}

const spend = ({ engine }: TourRig, language: string, usd: number): void =>
  engine.of(language).request.output.onSpent?.(usd);

const told = ({ events }: TourRig): SpendView[] =>
  events.flatMap((event) =>
    event.type === 'tour-changed' && event.changes.spend ? [event.changes.spend] : [],
  );

test('what a tour costs is counted by language', async () => {
  const rig = await liveTour();
  spend(rig, 'es', 0.5);
  spend(rig, 'fr', 0.25);
  spend(rig, 'es', 0.5);
  expect(rig.tour.deskView().spend).toEqual({
    usd: 1.25,
    capUsd: null,
    state: 'within',
    perLanguage: [
      { language: 'es', usd: 1, listeners: 0 },
      { language: 'fr', usd: 0.25, listeners: 0 },
    ],
  });
  await rig.tour.patch({ languages: ['fr'] });
  expect(rig.tour.deskView().spend.perLanguage.map(({ language }) => language)).toEqual(['fr', 'es']);
});

test('the guide is warned from four fifths of the cap on, once', async () => {
  const rig = await liveTour();
  rig.cap.usd = 10;
  spend(rig, 'es', 7.99);
  expect(rig.tour.deskView().spend.state).toBe('within');
  spend(rig, 'es', 0.02);
  expect(told(rig).map(({ state }) => state)).toEqual(['warn']);
  spend(rig, 'es', 0.02);
  expect(told(rig)).toHaveLength(1);
  expect(rig.unpaid.made).toEqual([]);
});

test('at the cap the paid sessions end and the unpaid ones begin; a raise for this tour brings them back', async () => {
  const rig = await liveTour();
  const { tour, engine, unpaid, cap } = rig;
  cap.usd = 2;
  const before = [...engine.made];
  spend(rig, 'fr', 2);
  expect(told(rig).at(-1)).toMatchObject({
    state: 'reached',
    capUsd: 2,
    problem: { code: 'spend_cap_reached' },
  });
  expect(engine.open).toEqual([]);
  expect(unpaid.open.toSorted()).toEqual(['es', 'fr']);
  // What a stopped session still says of itself is not the new one's state.
  before[0]!.request.output.onState({ kind: 'failed', problem: { code: 'internal', message: 'Gone.' } });
  unpaid.of('es').request.output.onState({ kind: 'live' });
  expect(tour.view().channels[1]).toMatchObject({ language: 'es', state: 'live' });

  rig.reader('c', 'es');
  expect(engine.open, 'nobody who comes later opens a paid one').toEqual([]);
  await tour.patch({ spendCapUsd: 5 });
  expect(told(rig).at(-1)).toMatchObject({ state: 'within', capUsd: 5, usd: 2 });
  expect(engine.open.toSorted()).toEqual(['es', 'fr']);
  expect(unpaid.open).toEqual([]);
  await tour.patch({ spendCapUsd: null });
  expect(tour.deskView().spend).toMatchObject({ state: 'reached', capUsd: 2 });
  expect(engine.open).toEqual([]);
});

test('a tour that may cost nothing opens no paid session at all', async () => {
  const rig = openTour();
  rigs.push(rig);
  await rig.tour.patch({ spendCapUsd: 0 });
  rig.reader('a', 'es');
  await rig.tour.begin();
  expect(rig.engine.made).toEqual([]);
  expect(rig.unpaid.open).toEqual(['es']);
});

test('a cap that the owner changes counts within seconds', async () => {
  const rig = await liveTour();
  spend(rig, 'es', 3);
  rig.cap.usd = 3;
  await vi.waitUntil(() => told(rig).at(-1)?.state === 'reached', 20_000);
  expect(rig.unpaid.open.toSorted()).toEqual(['es', 'fr']);
  rig.cap.usd = undefined;
  await vi.waitUntil(() => told(rig).at(-1)?.state === 'within', 20_000);
  expect(rig.engine.open.toSorted()).toEqual(['es', 'fr']);
});

test('what was spent is written for all tours at once, and not again while nothing is spent', async () => {
  const [one, two] = [await liveTour(), await liveTour()];
  const saves: ReadonlyMap<string, Partial<TourRecord>>[] = [];
  const disk = { full: true };
  const keeping = new SpendKeeping({
    everyMs: 5,
    tours: () => [one.tour, two.tour],
    save: (changes) => {
      if (disk.full) return Promise.reject(new Error('full'));
      saves.push(new Map(changes));
      return Promise.resolve();
    },
  });
  spend(one, 'es', 0.5);
  spend(two, 'fr', 0.1);
  keeping.start();
  // Ten turns with a disk that is full.
  await new Promise((resolve) => setTimeout(resolve, 50));
  disk.full = false;
  await vi.waitUntil(() => saves.length > 0, 10_000);
  expect([one, two].map(({ tour }) => tour.record.spent)).toEqual([{ es: 0.5 }, { fr: 0.1 }]);
  await new Promise((resolve) => setTimeout(resolve, 50));
  expect(saves).toHaveLength(1);
  spend(one, 'es', 0.25);
  await keeping.stop();
  expect(saves.at(-1)?.get('t')).toEqual({ spent: { es: 0.75 } });
});

test('two tours do not pay for one another', async () => {
  const [one, two] = [await liveTour(), await liveTour()];
  one.cap.usd = two.cap.usd = 1;
  spend(one, 'es', 1);
  expect([one, two].map(({ tour }) => tour.spend.state)).toEqual(['reached', 'within']);
  expect(two.engine.open.toSorted()).toEqual(['es', 'fr']);
  expect(two.tour.deskView().spend.usd).toBe(0);
});
