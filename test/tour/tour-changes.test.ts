import { afterEach, expect, test } from 'vitest';
import { openTour, type TourRig } from './tour-rig.ts';

/** What may happen to a tour while something else is under way. */

const rigs: TourRig[] = [];

afterEach(async () => {
  for (const { tour } of rigs.splice(0)) await tour.stop();
});

function rig(): TourRig {
  const made = openTour();
  rigs.push(made);
  return made;
}

test('a tour that was stopped takes no microphone again, whoever still leaves its pages', async () => {
  const { tour, microphones, events, reader } = rig();
  const closeDesk = tour.watch();
  const closePage = reader('a', 'es');
  await tour.begin();
  await tour.stop();
  expect(microphones).toEqual(['start none', 'stop none']);
  const told = events.length;
  closePage();
  tour.mute(true);
  closeDesk();
  tour.watch();
  expect(tour.deskView().microphone.state).toBe('closed');
  // A count is told after 200 ms: nobody is there to be told.
  await new Promise((resolve) => setTimeout(resolve, 300));
  expect(events.slice(told).filter(({ type }) => type === 'channel' || type === 'microphone')).toEqual([]);
  expect(microphones).toEqual(['start none', 'stop none']);
});

test('a guide who reloads the desk keeps the microphone, also when a visitor comes meanwhile', () => {
  const { tour, microphones, reader } = rig();
  const closeDesk = tour.watch();
  closeDesk();
  reader('a', 'es');
  expect(tour.deskView().microphone.state).toBe('opening');
  tour.watch();
  expect(microphones).not.toContain('stop none');
});
