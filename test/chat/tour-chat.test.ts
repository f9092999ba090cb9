import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { ChatStore } from '../../appliance/chat/chat-store.ts';
import { chatLine } from '../../appliance/chat/message.ts';
import { TourChat } from '../../appliance/chat/tour-chat.ts';
import { silentLog } from '../../appliance/log.ts';
import { LineFolder } from '../../appliance/storage/line-folder.ts';
import { Dictionary, refusal, until } from '../question/question-rig.ts';
import { openTour, type TourRig } from '../tour/tour-rig.ts';

const NOON = Date.UTC(2027, 5, 1, 12);

let directory: string;
let rig: TourRig;
let store: ChatStore;
let chat: TourChat;
let now: number;
let dictionary: Dictionary;

beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'ubizo-chat-'));
  [now, rig, dictionary] = [NOON, openTour(), new Dictionary()];
  open();
});

afterEach(async () => {
  chat.stop();
  await store.stop();
  await rig.tour.stop();
  await rm(directory, { recursive: true, force: true });
});

function open(): void {
  const folder = new LineFolder({
    directory,
    schema: chatLine,
    complaint: 'It cannot be written down.',
    log: silentLog(),
  });
  store = new ChatStore({ folder, isKept: () => true });
  chat = new TourChat({
    tour: rig.tour,
    store,
    translate: dictionary.translate,
    now: () => now,
    onCount: () => undefined,
  });
}

const read = (language: string): string[] => chat.all().map((message) => chat.viewOf(message, language).text);

test('a message is read in every language, and in one that nobody has read before once somebody does', async () => {
  rig.reader('ana', 'es');
  dictionary.add({ en: 'Bus at 15:40, gate 3', es: 'Autobús a las 15:40, puerta 3', fr: 'Bus à 15 h 40' });
  const message = await chat.post({ text: 'Bus at 15:40, gate 3', pinned: true });
  expect(read('en')).toEqual(['Bus at 15:40, gate 3']);
  await until(() => chat.isReady(message, 'es'));
  expect(read('es')).toEqual(['Autobús a las 15:40, puerta 3']);
  expect(dictionary.asked.map(({ to }) => to)).toEqual(['en', 'es']);
  read('fr');
  await until(() => read('fr')[0] === 'Bus à 15 h 40');
});

test('a translation that comes after a tour was deleted brings nothing of it back', async () => {
  rig.reader('ana', 'es');
  dictionary.add({ en: 'Gate 3', es: 'Puerta 3' });
  dictionary.held = true;
  const message = await chat.post({ text: 'Gate 3', pinned: true });
  chat.stop();
  await store.erase('t');
  dictionary.letGo();
  await until(() => message.words.settled('es'));
  await store.stop();
  expect(await store.tours()).toEqual([]);
});

test('a message that has just come is there, however many are pinned', async () => {
  for (let n = 0; n < 100; n++) {
    await chat.post({ text: `Pinned ${n}`, pinned: true });
    now += 60_000;
  }
  await chat.post({ text: 'Gate 3', pinned: false });
  const texts = read('en');
  expect([texts.length, texts[0], texts.at(-1)]).toEqual([100, 'Pinned 1', 'Gate 3']);
});

test('messages and what is pinned are there after a power cut, and gone when they are erased', async () => {
  const first = await chat.post({ text: 'Wait here.', pinned: true });
  await chat.post({ text: 'Gate 3.', pinned: true });
  const third = await chat.post({ text: 'Gate 4.', pinned: false });
  chat.pin(first.id, false);
  chat.remove(third.id);
  await store.settle('t');
  chat.stop();
  open();
  chat.recall(await store.read('t'));
  expect(chat.all().map((each) => [each.words.original, each.pinned])).toEqual([
    ['Wait here.', false],
    ['Gate 3.', true],
  ]);
  expect(await refusal(() => chat.pin(third.id, true))).toBe('message_not_found');
  await store.forgetBefore('t', NOON + 1);
  expect([...(await store.read('t')).values()].map(({ words }) => words.original)).toEqual(['Gate 3.']);
  await store.erase('t');
  expect(await store.tours()).toEqual([]);
});

test('of very many messages the oldest go that are not pinned', async () => {
  for (let n = 0; n <= 100; n++) {
    if (n % 20 === 0) now += 60_000;
    await chat.post({ text: `${n}`, pinned: n === 0 });
  }
  expect(read('en')).toHaveLength(100);
  expect(read('en').slice(0, 2)).toEqual(['0', '2']);
});

test('nobody writes more than can be read, or to a tour that is over', async () => {
  for (let n = 0; n < 30; n++) await chat.post({ text: `${n}`, pinned: false });
  expect(await refusal(() => chat.post({ text: 'more', pinned: false }))).toBe('too_many_attempts');
  await rig.tour.begin();
  await rig.tour.end();
  expect(await refusal(() => chat.post({ text: 'more', pinned: false }))).toBe('tour_over');
});

test('reactions are counted for ten seconds, one a second from each, and nobody learns whose they are', async () => {
  chat.reactions.add('ana', 'like');
  expect(await refusal(() => chat.reactions.add('ana', 'like'))).toBe('too_many_attempts');
  chat.reactions.add('bob', 'like');
  now += 5_000;
  chat.reactions.add('ana', 'clap');
  expect(chat.reactions.counts()).toEqual({ like: 2, clap: 1 });
  now += 5_000;
  expect(chat.reactions.counts()).toEqual({ clap: 1 });
});

test('a thousand reactions in a second are as good as two hundred', () => {
  for (let n = 0; n < 1_000; n++) chat.reactions.add(`v${n}`, 'wow');
  expect(chat.reactions.counts()).toEqual({ wow: 200 });
});
