import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import type { ChatMessage } from '../../appliance/protocol/chat.ts';
import type { TourDeskView } from '../../appliance/protocol/views.ts';
import { type Event, problemOf, TestBox } from './test-box.ts';

let box: TestBox;
let tour: TourDeskView;

beforeAll(async () => {
  box = await TestBox.start();
});

afterAll(() => box.stop());

beforeEach(async () => {
  tour = await box.createTour();
});

const typed = (type: string) => (event: Event) => event.type === type;

const call = (path: string, method: string, body?: unknown): Promise<Response> =>
  box.call(`/api/tours/${tour.id}/chat${path}`, { method, body, cookie: box.cookie });

async function post(text: string, pinned = false): Promise<ChatMessage> {
  const response = await call('', 'POST', { text, pinned });
  expect(response.status).toBe(201);
  return (await response.json()) as ChatMessage;
}

test('all read what the guide writes, who comes late too, until it is taken away', async () => {
  const page = box.attendeePage(await box.join(tour.code, 'es'));
  const desk = box.guidePage(tour.id);
  expect(await page.event(typed('chats'))).toMatchObject({ messages: [] });
  await desk.event(typed('chats'));
  const { id } = await post('Bus at 15:40,\u202E gate 3', true);
  const told = { message: { id, text: 'Bus at 15:40, gate 3', pinned: true } };
  expect(await page.event(typed('chat'))).toMatchObject(told);
  expect(await desk.event(typed('chat'))).toMatchObject(told);
  const late = box.attendeePage(await box.join(tour.code, 'fr'));
  expect(await late.event(typed('chats'))).toMatchObject({ messages: [{ id, pinned: true }] });
  expect((await call(`/${id}`, 'PATCH', { pinned: false })).status).toBe(204);
  await late.event(({ type, message }) => type === 'chat' && !(message as ChatMessage).pinned);
  expect((await call(`/${id}`, 'DELETE')).status).toBe(204);
  expect(await late.event(typed('chat-gone'))).toMatchObject({ id });
  expect(await problemOf(await call(`/${id}`, 'DELETE'))).toEqual({ status: 404, code: 'message_not_found' });
});

test('messages are there after a restart, and go with the transcripts', async () => {
  const { id } = await post('Gate 3.');
  await box.restart();
  box.cookie = await box.signIn();
  const page = box.attendeePage(await box.join(tour.code, 'es'));
  expect(await page.event(typed('chats'))).toMatchObject({ messages: [{ id }] });
  const before = page.events.length;
  await box.call(`/api/tours/${tour.id}/transcripts`, { method: 'DELETE', cookie: box.cookie });
  expect(await page.event(typed('chats'), before)).toMatchObject({ messages: [] });
  expect(await readdir(join(box.data, 'chat'))).not.toContain(`${tour.id}.jsonl`);
});

test('reactions are counts on the desk, and nothing on other pages', async () => {
  const [page, other] = [
    box.attendeePage(await box.join(tour.code, 'es')),
    box.attendeePage(await box.join(tour.code, 'es')),
  ];
  const desk = box.guidePage(tour.id);
  await Promise.all([page.snapshot(), other.snapshot(), desk.snapshot()]);
  page.send({ type: 'reaction', reaction: 'clap' });
  expect(await desk.event(typed('reactions'))).toEqual({ type: 'reactions', counts: { clap: 1 } });
  page.send({ type: 'reaction', reaction: 'clap' });
  page.send({ type: 'reaction', reaction: 'clap' });
  expect(await page.event(typed('error'))).toMatchObject({ code: 'too_many_attempts' });
  page.send({ type: 'reaction', reaction: '<script>' });
  await page.event(({ code }) => code === 'bad_request');
  expect(other.events.map(({ type }) => type)).not.toContain('reactions');
});

test('a thousand reactions a second end the page’s connection', async () => {
  const page = box.attendeePage(await box.join(tour.code, 'es'));
  await page.snapshot();
  for (let n = 0; n < 1_000; n++) page.send({ type: 'reaction', reaction: 'wow' });
  expect(await page.closed()).toBe(1008);
});

test.for([
  ['nothing to be seen', { text: '\u202E ', pinned: true }],
  ['501 letters', { text: 'x'.repeat(501), pinned: true }],
  ['no word of whether it stays', { text: 'Gate 3.' }],
] as const)('a message of %s is refused', async ([, body]) => {
  expect(await problemOf(await call('', 'POST', body))).toEqual({ status: 400, code: 'bad_request' });
});
