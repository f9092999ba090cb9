import { createServer } from 'node:http';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { Appliance } from '../appliance/appliance.ts';
import { silentLog } from '../appliance/log.ts';
import { readSettings } from '../appliance/settings.ts';
import { problemOf, TestBox } from './http/test-box.ts';
import { PhoneClient } from './peer/phone-client.ts';

const REHEARSAL = fileURLToPath(new URL('../appliance/microphone/recordings/rehearsal.wav', import.meta.url));
const RECORDING = { UBIZO_MICROPHONE: `file:${REHEARSAL}#loop` };

let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'ubizo-appliance-'));
});

afterEach(() => rm(folder, { recursive: true, force: true }));

function appliance(environment: Record<string, string> = {}): Appliance {
  const settings = readSettings({
    UBIZO_DATA: folder,
    UBIZO_HOST: '127.0.0.1',
    UBIZO_HTTP_PORT: '0',
    UBIZO_MICROPHONE: 'none',
    UBIZO_INTERPRETER: 'none',
    ...environment,
  });
  return new Appliance({ settings, log: silentLog() });
}

test('after a restart the tour goes on where it was, and every pass still opens it', async () => {
  const box = await TestBox.start(RECORDING);
  const phone = new PhoneClient({ direction: 'recvonly' });
  try {
    const tour = await box.createTour();
    const joined = await box.join(tour.code, 'es');
    await box.guide(`/api/tours/${tour.id}/start`, 'POST');
    const before = box.attendeePage(joined);
    await before.snapshot();

    await box.restart();

    await before.closed();
    const page = box.attendeePage(joined);
    expect(await page.snapshot()).toMatchObject({
      language: 'es',
      tour: { id: tour.id, code: tour.code, state: 'live', name: 'Old town' },
    });
    expect(await box.guide(`/api/tours/${tour.id}`), 'the cookie is still good').toMatchObject({
      state: 'live',
    });
    const response = await box.call(joined.whep, {
      method: 'POST',
      token: joined.token,
      headers: { 'content-type': 'application/sdp' },
      body: await phone.offer(),
    });
    await phone.accept(await response.text());
    await phone.connected();
    await phone.received(3);
  } finally {
    await phone.close();
    await box.stop();
  }
});

test('a page that names the language it switched to is heard, on a box that was switched off and on', async () => {
  const box = await TestBox.start(RECORDING);
  const phone = new PhoneClient({ direction: 'recvonly' });
  try {
    const tour = await box.createTour();
    const joined = await box.join(tour.code, 'es');
    const page = box.attendeePage(joined);
    await page.snapshot();
    await page.event(({ type, state }) => type === 'listener' && state === 'closed');
    await box.restart();

    const inFrench = { ...joined, events: `${joined.events}&language=fr` };
    expect(await box.attendeePage(inFrench).snapshot()).toMatchObject({ language: 'fr' });
    const refused = { ...joined, events: `${joined.events}&language=../x` };
    expect(await box.attendeePage(refused).snapshot(), 'one who is known').toMatchObject({ language: 'fr' });
    await box.restart();

    await box.call(`${joined.whep}?language=fr`, {
      method: 'POST',
      token: joined.token,
      headers: { 'content-type': 'application/sdp' },
      body: await phone.offer(),
    });
    const again = box.attendeePage(joined);
    expect(await again.snapshot()).toMatchObject({ language: 'fr' });
    await again.event(({ type, state }) => type === 'listener' && state === 'connecting');
  } finally {
    await phone.close();
    await box.stop();
  }
});

test('a visitor whose language was taken off the tour hears the guide, also after a restart', async () => {
  const box = await TestBox.start();
  try {
    const tour = await box.createTour();
    const joined = await box.join(tour.code, 'es');
    await box.guide(`/api/tours/${tour.id}`, 'PATCH', { languages: ['fr'] });
    await box.restart();
    expect(await box.attendeePage(joined).snapshot()).toMatchObject({ language: 'en' });
  } finally {
    await box.stop();
  }
});

test('a tour whose microphone is gone keeps the box running, and the guide chooses another', async () => {
  const box = await TestBox.start(RECORDING);
  try {
    const tour = await box.createTour();
    await box.guide(`/api/tours/${tour.id}/start`, 'POST');
    await box.restart({ UBIZO_MICROPHONE: 'none' });
    const desk = box.guidePage(tour.id);
    expect(await desk.snapshot()).toMatchObject({
      tour: { state: 'live', microphone: { state: 'lost', problem: { code: 'microphone_unknown' } } },
    });
    await box.guide(`/api/tours/${tour.id}`, 'PATCH', { microphone: 'file:rehearsal' });
    await desk.event(({ type, state }) => type === 'microphone' && state === 'open');
  } finally {
    await box.stop();
  }
});

test('a later version’s state is not overwritten: the box says what to do and does not start', async () => {
  const path = join(folder, 'state.json');
  const content = '{"version":99,"tours":[],"signingKey":"k","setupCode":"ABCDEF"}';
  await writeFile(path, content);
  const box = appliance();
  await expect(box.start()).rejects.toMatchObject({
    code: 'storage_failed',
    message: expect.stringContaining(path),
  });
  await box.stop();
  expect(await readFile(path, 'utf8')).toBe(content);
  expect(await readdir(folder)).toEqual(['state.json']);
});

test('a damaged state file is told to the guide and to who watches the box’s health', async () => {
  const box = await TestBox.start();
  try {
    const tour = await box.createTour();
    await box.restart({}, () => writeFile(join(box.data, 'state.json'), 'garbage'));
    expect((await box.guide(`/api/tours/${tour.id}`)).name).toBe('Old town');
    const health = await box.call('/healthz');
    expect(health.status).toBe(503);
    expect(await health.json()).toMatchObject({ ok: false, parts: { storage: { ok: false } } });
    const view = await box.call('/api/box', { cookie: box.cookie });
    expect(await view.json()).toMatchObject({ storageProblem: { code: 'storage_restored' } });
  } finally {
    await box.stop();
  }
});

test('a new box makes its setup code once, and keeps what it knows from others', async () => {
  const first = appliance();
  await first.start();
  const { setupCode } = first;
  await first.stop();
  const second = appliance();
  await second.start();
  expect(second.setupCode).toBe(setupCode);
  await second.stop();
  expect(setupCode).toMatch(/^[2-9A-HJKMNP-TV-Z]{8}$/);
  expect((await stat(join(folder, 'state.json'))).mode & 0o077, 'nobody else reads the keys').toBe(0);
});

test('transcripts are deleted at the start when they are old, and not because a clock is wrong', async () => {
  const box = await TestBox.start();
  const day = 24 * 3_600_000;
  const transcript = async (tour: string, said: number): Promise<void> => {
    await mkdir(join(box.data, 'transcripts', tour), { recursive: true });
    const line = JSON.stringify({ id: '1', text: 'Hola.', from: said, to: said });
    await writeFile(join(box.data, 'transcripts', tour, 'es.jsonl'), `${line}\n`);
  };
  const kept = (): Promise<string[]> => readdir(join(box.data, 'transcripts'));
  const now = Date.now();
  try {
    await box.restart({}, async () => {
      await transcript('old', now - 31 * day);
      await transcript('young', now - 29 * day);
    });
    await vi.waitUntil(async () => (await kept()).length === 1);
    expect(await kept()).toEqual(['young']);

    for (const wrong of [Date.UTC(2099, 0, 1), now + 20 * day, 0]) {
      vi.useFakeTimers({ toFake: ['Date'], now: wrong });
      await box.restart();
      // Its stop waits for what the start began.
      await box.restart();
      expect(await kept(), new Date(wrong).toISOString()).toEqual(['young']);
    }
  } finally {
    vi.useRealTimers();
    await box.stop();
  }
});

test('a taken port is an error, and nothing that was started before is left running', async () => {
  const squatter = createServer().listen(0, '127.0.0.1');
  await once(squatter, 'listening');
  const box = appliance({ UBIZO_HTTP_PORT: String((squatter.address() as AddressInfo).port) });
  await expect(box.start()).rejects.toMatchObject({ code: 'EADDRINUSE' });
  squatter.close();
  // Two boxes never share a folder: the one that failed has let go of it.
  const next = appliance();
  await next.start();
  await next.stop();
  await box.stop();
});

test('what cannot be stored is answered as such and not done, but the guide can speak', async () => {
  const box = await TestBox.start();
  try {
    const tour = await box.createTour();
    await rm(box.data, { recursive: true });
    await writeFile(box.data, 'in its way');
    for (const [path, method, body] of [
      ['/api/tours', 'POST', { name: 'x', floorLanguage: 'en', languages: ['es'] }],
      [`/api/tours/${tour.id}`, 'PATCH', { name: 'Harbour', languages: ['fr'] }],
      [`/api/tours/${tour.id}`, 'DELETE', undefined],
    ] as const) {
      const response = await box.call(path, { method, body, cookie: box.cookie });
      expect(await problemOf(response), method).toEqual({ status: 503, code: 'storage_failed' });
    }
    expect(await box.guide(`/api/tours/${tour.id}`)).toMatchObject({
      name: 'Old town',
      languages: ['es', 'fr'],
    });
    const { tours } = (await (await box.call('/api/live')).json()) as { tours: unknown[] };
    expect(tours, 'a tour that was not stored is not there').toHaveLength(1);
    expect(await box.guide(`/api/tours/${tour.id}/start`, 'POST')).toMatchObject({ state: 'live' });
    expect(await (await box.call('/api/box', { cookie: box.cookie })).json()).toMatchObject({
      storageProblem: { code: 'storage_failed' },
    });
  } finally {
    await box.stop();
  }
});
