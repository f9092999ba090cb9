import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, expect, test, vi } from 'vitest';
import { USUAL_ASKING } from '../../appliance/protocol/asking.ts';
import type { DeskQuestion, VisitorQuestion } from '../../appliance/protocol/questions.ts';
import type { JoinAnswer } from '../../appliance/protocol/requests.ts';
import type { TourDeskView } from '../../appliance/protocol/views.ts';
import { type Event, type Page, problemOf, TestBox } from './test-box.ts';

let box: TestBox;
let tour: TourDeskView;
let ana: JoinAnswer;
let bob: JoinAnswer;

beforeAll(async () => {
  box = await TestBox.start();
});

afterAll(() => box.stop());

beforeEach(async () => {
  tour = await box.createTour();
  await box.guide(`/api/tours/${tour.id}`, 'PATCH', { asking: { ...USUAL_ASKING, to: 'all' } });
  await box.guide(`/api/tours/${tour.id}/start`, 'POST');
  [ana, bob] = await Promise.all([box.join(tour.code, 'es'), box.join(tour.code, 'fr')]);
});

const asks = (who: JoinAnswer, body: unknown): Promise<Response> =>
  box.call(`/api/visits/${who.tour.id}/questions`, { method: 'POST', token: who.token, body });

async function ask(who: JoinAnswer, text: string): Promise<VisitorQuestion> {
  const response = await asks(who, { text });
  expect(response.status).toBe(201);
  return (await response.json()) as VisitorQuestion;
}

const withdraw = (who: JoinAnswer, id: string): Promise<Response> =>
  box.call(`/api/visits/${who.tour.id}/questions/${id}`, { method: 'DELETE', token: who.token });

const act = (id: string, name: string, body?: unknown): Promise<Response> =>
  box.call(`/api/tours/${tour.id}/questions/${id}/${name}`, { method: 'POST', cookie: box.cookie, body });

async function onDesk(): Promise<DeskQuestion[]> {
  const response = await box.call(`/api/tours/${tour.id}/questions`, { cookie: box.cookie });
  return ((await response.json()) as { questions: DeskQuestion[] }).questions;
}

/** The next event about this question, as the page is told. */
const about = (page: Page, id: string, matches: (question: VisitorQuestion) => boolean): Promise<Event> =>
  page.event((event) => {
    const question = event['question'] as VisitorQuestion | undefined;
    return event.type === 'question' && question?.id === id && matches(question);
  });

const typed = (type: string) => (event: Event) => event.type === type;

test('a question goes to the guide and back: shown, voted for, answered, and in everybody’s captions', async () => {
  const [hers, his] = [box.attendeePage(ana), box.attendeePage(bob)];
  const desk = box.guidePage(tour.id);
  await Promise.all([
    hers.event(typed('questions')),
    his.event(typed('questions')),
    desk.event(typed('questions')),
  ]);
  const { id, ...asked } = await ask(ana, 'Who built it?');
  expect(asked).toMatchObject({ mine: true, state: 'pending', votes: 0, seen: false });
  await desk.event((event) => (event['question'] as DeskQuestion | undefined)?.id === id);
  expect((await act(id, 'seen')).status).toBe(204);
  await about(hers, id, ({ seen }) => seen);
  expect((await act(id, 'show')).status).toBe(204);
  await about(his, id, ({ mine, state }) => !mine && state === 'shown');
  his.send({ type: 'vote', question: id, on: true });
  await about(his, id, ({ votes, voted }) => votes === 1 && voted);
  await about(hers, id, ({ votes, voted }) => votes === 1 && !voted);
  expect((await act(id, 'answer')).status).toBe(204);
  const caption = ({ type, asked: question }: Event): boolean => type === 'caption' && question === id;
  for (const page of [hers, his, desk])
    expect(await page.event(caption)).toMatchObject({ text: 'Who built it?' });
  expect((await act(id, 'done')).status).toBe(204);
  await about(hers, id, ({ state }) => state === 'answered');
  // Who reads the guide, because nobody interprets, reads the question once all the same.
  for (const page of [hers, his]) expect(page.events.filter(caption)).toHaveLength(1);
  await box.guide(`/api/tours/${tour.id}/end`, 'POST');
  const text = await box.call(`/api/visits/${tour.id}/transcript?language=fr`, { token: bob.token });
  expect(await text.text()).toContain('[Q] Who built it?');
});

test('what one asks and is told in reply is nobody else’s business', async () => {
  const [hers, his] = [box.attendeePage(ana), box.attendeePage(bob)];
  await Promise.all([hers.snapshot(), his.snapshot()]);
  const { id } = await ask(ana, 'Where is my bag?');
  expect((await act(id, 'reply', { text: 'In the bus.' })).status).toBe(204);
  await about(hers, id, ({ reply }) => reply?.text === 'In the bus.');
  const { id: next } = await ask(bob, 'When?');
  await about(his, next, () => true);
  expect(JSON.stringify(his.events)).not.toContain('bag');
  expect(JSON.stringify(his.events)).not.toContain('In the bus');
});

test('who comes later, or back, is told what is shown, and what they have asked', async () => {
  const { id } = await ask(ana, 'Who built it?');
  await act(id, 'show');
  const late = box.attendeePage(await box.join(tour.code, 'fr'));
  expect(await late.event(typed('questions'))).toMatchObject({ questions: [{ id, mine: false }] });
  const again = box.attendeePage(ana);
  expect(await again.event(typed('questions'))).toMatchObject({ questions: [{ id, mine: true }] });
  await act(id, 'hide');
  expect(await late.event(typed('question-gone'))).toMatchObject({ id });
  expect((await withdraw(ana, id)).status).toBe(204);
  expect(await again.event(typed('question-gone'))).toMatchObject({ id });
});

test('two questions become one', async () => {
  const [first, second] = [await ask(ana, 'When does it leave?'), await ask(bob, 'When does it leave')];
  expect(await onDesk()).toMatchObject([{ twins: [expect.any(String)] }, { twins: [expect.any(String)] }]);
  expect((await act(second.id, 'merge', { into: first.id })).status).toBe(204);
  expect(await onDesk()).toMatchObject([{ id: first.id, votes: 1, merged: 1 }]);
  expect(await problemOf(await act(second.id, 'show'))).toEqual({ status: 404, code: 'question_not_found' });
});

test('a desk has the box’s order, however many change places at once', async () => {
  const desk = box.guidePage(tour.id);
  await desk.event(typed('questions'));
  const visitors = await Promise.all([1, 2, 3].map(() => box.join(tour.code, 'es')));
  const ids: string[] = [];
  for (const [n, who] of visitors.entries()) ids.push((await ask(who, `Number ${n}`)).id);
  for (const id of ids) await act(id, 'show');
  const pages = [ana, bob].map((who) => box.attendeePage(who));
  for (const page of pages) {
    await page.snapshot();
    for (const id of ids.slice(0, 2)) page.send({ type: 'vote', question: id, on: true });
  }
  for (const page of pages)
    for (const id of ids.slice(0, 2)) await about(page, id, ({ votes }) => votes === 2);
  const order = (await onDesk()).map(({ id }) => id);
  expect(order.at(-1)).toBe(ids[2]);
  const asShown = (): string[] => {
    let shown: string[] = [];
    for (const { type, questions, question, rank } of desk.events)
      if (type === 'questions') shown = (questions as DeskQuestion[]).map(({ id }) => id);
      else if (type === 'question') {
        const { id } = question as DeskQuestion;
        shown = shown.filter((each) => each !== id).toSpliced(rank as number, 0, id);
      }
    return shown;
  };
  await vi.waitUntil(() => asShown().join(' ') === order.join(' '), { timeout: 10_000 });
});

test('text stays text, in one line, and nothing in it steers a screen', async () => {
  const steering = 'Is\u202E it\u0000<script>alert(1)</script>\n[a](http://x)\u2066?';
  const { original } = await ask(ana, steering);
  expect(original).toBe('Is it <script>alert(1)</script> [a](http://x)?');
});

test.for([
  ['ten thousand letters', { text: 'x'.repeat(10_000) }, 400, 'bad_request'],
  ['281 letters', { text: 'x'.repeat(281) }, 400, 'bad_request'],
  ['nothing to be seen', { text: ' \u202E\u200B\n' }, 400, 'bad_request'],
  ['half a character', '{"text":"\\ud800"}', 400, 'bad_request'],
  ['no text', { urgent: true }, 400, 'bad_request'],
] as const)('a question of %s is refused', async ([, body, status, code]) => {
  const headers = { 'content-type': 'application/json' };
  const call = { method: 'POST', token: ana.token, body, headers };
  expect(await problemOf(await box.call(`/api/visits/${tour.id}/questions`, call))).toEqual({ status, code });
  expect(await onDesk()).toEqual([]);
});

test('whoever goes too far is told so, each with a code of its own', async () => {
  const other = await box.createTour();
  const stranger = await box.join(other.code, 'es');
  const { id } = await ask(ana, 'Who built it?');
  expect(await problemOf(await asks(ana, { text: 'And when?' }))).toEqual({
    status: 409,
    code: 'question_open',
  });
  expect(await problemOf(await withdraw(bob, id))).toEqual({ status: 404, code: 'question_not_found' });
  const borrowed = { method: 'POST', token: stranger.token, body: { text: 'Hello' } };
  expect(await problemOf(await box.call(`/api/visits/${tour.id}/questions`, borrowed))).toEqual({
    status: 401,
    code: 'token_invalid',
  });
  const page = box.attendeePage(bob);
  const foreign = box.attendeePage(stranger);
  await Promise.all([page.snapshot(), foreign.snapshot()]);
  // Not shown; of another tour; hidden.
  page.send({ type: 'vote', question: id, on: true });
  expect(await page.event(typed('error'))).toMatchObject({ code: 'question_not_found' });
  await act(id, 'show');
  foreign.send({ type: 'vote', question: id, on: true });
  expect(await foreign.event(typed('error'))).toMatchObject({ code: 'question_not_found' });
  await act(id, 'hide');
  const seen = page.events.length;
  page.send({ type: 'vote', question: id, on: true });
  expect(await page.event(typed('error'), seen)).toMatchObject({ code: 'question_not_found' });
  expect(await onDesk()).toMatchObject([{ votes: 0 }]);
  await act(id, 'block');
  expect(await problemOf(await asks(ana, { text: 'Boo' }))).toEqual({ status: 403, code: 'asker_blocked' });
  await box.guide(`/api/tours/${tour.id}`, 'PATCH', { asking: { ...USUAL_ASKING, to: 'off' } });
  expect(await problemOf(await asks(bob, { text: 'Boo' }))).toEqual({ status: 403, code: 'questions_off' });
  expect((await asks(bob, { text: 'I am lost', urgent: true })).status).toBe(201);
});

test('questions go when the transcripts do: by the guide’s hand, and with the tour', async () => {
  const files = (): Promise<string[]> => readdir(join(box.data, 'questions'));
  await ask(ana, 'Who built it?');
  expect(await files()).toContain(`${tour.id}.jsonl`);
  await box.call(`/api/tours/${tour.id}/transcripts`, { method: 'DELETE', cookie: box.cookie });
  expect(await files()).not.toContain(`${tour.id}.jsonl`);
  expect(await onDesk()).toEqual([]);
  await ask(ana, 'Who built it, and why?');
  expect(await files()).toContain(`${tour.id}.jsonl`);
  await box.call(`/api/tours/${tour.id}`, { method: 'DELETE', cookie: box.cookie });
  expect(await files()).not.toContain(`${tour.id}.jsonl`);
});

test('nothing is written down of a tour whose guide wants no transcript', async () => {
  await box.guide(`/api/tours/${tour.id}`, 'PATCH', { retention: { transcriptDays: 0 } });
  await ask(ana, 'Who built it?');
  expect(await onDesk()).toHaveLength(1);
  expect(await readdir(join(box.data, 'questions'))).not.toContain(`${tour.id}.jsonl`);
});

test('after a power cut the guide finds the questions, and visitors what they have asked', async () => {
  const { id } = await ask(ana, 'Who built it?');
  await act(id, 'show');
  await box.restart();
  box.cookie = await box.signIn();
  expect(await onDesk()).toMatchObject([{ id, state: 'shown' }]);
  const page = box.attendeePage(ana);
  expect(await page.event(typed('questions'))).toMatchObject({ questions: [{ id, mine: true }] });
});
