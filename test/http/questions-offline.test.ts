import { afterAll, beforeAll, expect, test } from 'vitest';
import type { TourDeskView } from '../../appliance/protocol/views.ts';
import { type Event, type Page, TestBox } from './test-box.ts';

let box: TestBox;
let tour: TourDeskView;

beforeAll(async () => {
  box = await TestBox.start({ UBIZO_INTERPRETER: 'offline' });
  tour = await box.createTour({ name: 'Old town', floorLanguage: 'en', languages: ['es', 'ca'] });
  await box.guide(`/api/tours/${tour.id}/start`, 'POST');
});

afterAll(() => box.stop());

const guide = (path: string, body?: object): Promise<Response> =>
  box.call(`/api/tours/${tour.id}/${path}`, { method: 'POST', cookie: box.cookie, body });

/** What this page is told of the question, once somebody has translated it. */
const translated = async (page: Page, id: string): Promise<unknown> => {
  const told = await page.event((event) => {
    const question = event['question'] as { id: string; by: string } | undefined;
    return question?.id === id && question.by === 'box';
  });
  return told['question'];
};

const asked = (page: Page, id: string): Promise<Event> => page.event((event) => event['asked'] === id);

test('without a network, question, reply and message are read in the language of whoever reads them', async () => {
  const [ana, bea] = [await box.join(tour.code, 'es'), await box.join(tour.code, 'ca')];
  const [hers, others] = [box.attendeePage(ana), box.attendeePage(bea)];
  const desk = box.guidePage(tour.id);
  await Promise.all([hers.snapshot(), others.snapshot(), desk.snapshot()]);
  const text = '¿Dónde está la iglesia grande?';
  const response = await box.call(`/api/visits/${tour.id}/questions`, {
    method: 'POST',
    token: ana.token,
    body: { text },
  });
  const { id } = (await response.json()) as { id: string };
  expect(await translated(desk, id)).toMatchObject({
    original: text,
    text: expect.stringContaining('church'),
    language: 'es',
  });
  await guide(`questions/${id}/answer`);
  expect(await asked(others, id)).toMatchObject({
    language: 'ca',
    text: expect.stringContaining('església'),
  });
  expect(await asked(hers, id)).toMatchObject({ language: 'es', text });
  expect(await translated(others, id)).toMatchObject({
    original: text,
    text: expect.stringContaining('església'),
    mine: false,
  });
  await guide(`questions/${id}/reply`, { text: 'It is behind the house.' });
  await hers.event((event) => {
    const question = event['question'] as { reply?: { by: string; text: string } } | undefined;
    return question?.reply?.by === 'box' && question.reply.text.includes('casa');
  });
  await guide('chat', { text: 'We meet at the church.', pinned: true });
  expect(await hers.event(({ type }) => type === 'chat')).toMatchObject({
    message: { by: 'box', text: expect.stringContaining('iglesia'), original: 'We meet at the church.' },
  });
});
