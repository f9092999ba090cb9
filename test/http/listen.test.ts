import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { Context } from 'koa';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type ListenRouteParts, listenRoutes } from '../../appliance/http/routes/listen.ts';
import { wavBytes } from '../microphone/wav-bytes.ts';
import { sine } from '../microphone/waveform.ts';
import { toneDb } from '../e2e/sound.ts';
import { problemOf, TestBox } from './test-box.ts';

const run = promisify(execFile);
const HZ = 440;

let folder: string;
let box: TestBox;
let id: string;
let code: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'ubizo-listen-'));
  const path = join(folder, 'tone.wav');
  const channels = [sine({ hz: HZ, rate: 24_000, seconds: 5, amplitude: 0.4 })];
  await writeFile(path, wavBytes({ rate: 24_000, encoding: 's16', channels }));
  box = await TestBox.start({ UBIZO_MICROPHONE: `file:${path}#loop`, UBIZO_NOISE_GATE: 'off' });
  const tour = await box.createTour({ name: 'Old town', floorLanguage: 'en', languages: ['es'] });
  ({ id, code } = tour);
});

afterAll(async () => {
  await box.stop();
  await rm(folder, { recursive: true, force: true });
});

const SECONDS = 2;

/** Takes a stream until it is worth `bytes`, or until its end. */
async function take(path: string, bytes = Infinity): Promise<{ type: string; body: Buffer; ms: number }> {
  const response = await box.call(path);
  if (!response.ok || !response.body) throw new Error(await response.text());
  const pieces: Uint8Array[] = [];
  const from = performance.now();
  let length = 0;
  for await (const piece of response.body) {
    pieces.push(piece);
    length += piece.length;
    if (length >= bytes) break;
  }
  const type = response.headers.get('content-type') ?? '';
  return { type, body: Buffer.concat(pieces), ms: performance.now() - from };
}

async function refusal(path: string): Promise<string> {
  return (await problemOf(await box.call(path))).code;
}

/** Counted for the tour's guide. */
async function listeners(): Promise<number> {
  const { channels } = await box.guide(`/api/tours/${id}`);
  return channels.find(({ language }) => language === 'en')?.listeners ?? 0;
}

describe('plain streams', () => {
  it('are silence before the tour begins, as MP3 that players take, without a burst', async () => {
    const { type, body, ms } = await take(`/listen/${code}/en.mp3`, 8_000 * SECONDS);
    expect(type).toBe('audio/mpeg');
    // 64 kbit/s as time goes by.
    expect(ms).toBeGreaterThan((SECONDS - 0.7) * 1_000);
    const file = join(folder, 'silence.mp3');
    await writeFile(file, body);
    const { stderr } = await run('mpg123', ['-t', file]);
    expect(stderr).toMatch(/MPEG 2\.0 L III cbr64 24000 mono/);
    expect(stderr).not.toMatch(/error|warning/i);
  });

  it('carry the guide’s voice, and count who hears it', async () => {
    await box.guide(`/api/tours/${id}/start`, 'POST');
    const taking = take(`/listen/${code}/floor.mp3`, 8_000 * (SECONDS + 1));
    await expect.poll(listeners).toBe(1);
    const { body } = await taking;
    await expect.poll(listeners).toBe(0);
    const file = join(folder, 'voice.mp3');
    await writeFile(file, body);
    await run('mpg123', ['-q', '-w', `${file}.wav`, file]);
    const { stdout } = await run('sox', [`${file}.wav`, '-r', '48000', '-t', 's16', '-'], {
      encoding: 'buffer',
      maxBuffer: 2 ** 24,
    });
    const samples = new Int16Array(stdout.buffer, stdout.byteOffset, stdout.length >> 1);
    expect(toneDb(samples.subarray(-48_000), HZ)).toBeGreaterThan(-20);
    // Whoever has no pass is not on the guide's list once they have left.
    expect((await box.guide(`/api/tours/${id}`)).attendees).toEqual([]);
  });

  it('are made in a thread that goes with the last who hears them', async () => {
    const metrics = await (await box.call('/metrics')).text();
    expect(metrics).toContain('ubizo_listeners_by_way{way="mp3"} 0');
  });

  it('ask for the tour’s entry code, and count one who has joined once', async () => {
    const guarded = await box.createTour({
      name: 'Castle',
      floorLanguage: 'en',
      languages: ['es'],
      entryCode: '4711',
    });
    const path = `/listen/${guarded.code}/es.mp3`;
    expect(await refusal(path)).toBe('entry_code_needed');
    expect(await refusal(`${path}?entry=1234`)).toBe('wrong_entry_code');
    expect((await take(`${path}?entry=47-11`, 100)).body.length).toBeGreaterThan(0);
    expect(await refusal(`${path}?token=x.y.z`)).toBe('token_invalid');
    const { token } = await box.join(code, 'es');
    expect(await refusal(`${path}?token=${token}`)).toBe('token_invalid');
    const taking = take(`/listen/${code}/en.mp3?token=${token}`, 8_000);
    await expect.poll(listeners).toBe(1);
    await taking;
    const { attendees } = await box.guide(`/api/tours/${id}`);
    expect(attendees.map(({ language }) => language)).toEqual(['en']);
  });

  it('are found however their address is typed', async () => {
    const response = await box.call(`/listen/${code.toLowerCase()}/ES.MP3`, { method: 'HEAD' });
    expect([response.status, response.headers.get('content-type')]).toEqual([200, 'audio/mpeg']);
  });

  it('say why there is none', async () => {
    expect(await refusal(`/listen/${code}/ja.mp3`)).toBe('language_not_offered');
    expect(await refusal(`/listen/${code}/x.y.mp3`)).toBe('not_found');
    expect(await refusal(`/listen/${code}/es.wav`)).toBe('not_found');
    expect(await refusal('/listen/ZZZZZZ/es.mp3')).toBe('code_unknown');
  });

  it('tell what they are to who only asks that', async () => {
    const response = await box.call(`/listen/${code}/es.ogg`, { method: 'HEAD' });
    expect([response.status, response.headers.get('content-type')]).toEqual([200, 'audio/ogg; codecs=opus']);
    expect(await listeners()).toBe(0);
  });

  it('end with the tour, as Ogg without a hole', async () => {
    const taking = take(`/listen/${code}/en.ogg`);
    await expect.poll(listeners).toBe(1);
    await expect
      .poll(async () => (await (await box.call('/metrics')).text()).includes('{way="ogg"} 1'))
      .toBe(true);
    await new Promise((resolve) => setTimeout(resolve, SECONDS * 1_000));
    await box.guide(`/api/tours/${id}/end`, 'POST');
    const { body } = await taking;
    const file = join(folder, 'voice.ogg');
    await writeFile(file, body);
    const { stdout } = await run('opusinfo', [file]);
    expect(stdout).toMatch(/Playback length: 0m:0[2-9]/);
    expect(stdout).not.toMatch(/warning|hole|error|missing/i);
    expect(await refusal(`/listen/${code}/en.ogg`)).toBe('tour_over');
  });
});

describe('a box that has no room for more sound', () => {
  it('says so to players too, but lets a phone change its way', async () => {
    const small = await TestBox.start({ UBIZO_MAX_LISTENERS: '1' });
    try {
      const tour = await small.createTour();
      const { token } = await small.join(tour.code, 'es');
      const first = await small.call(`/listen/${tour.code}/es.mp3?token=${token}`);
      const second = await small.call(`/listen/${tour.code}/es.mp3`);
      expect((await problemOf(second)).code).toBe('listeners_full');
      const other = await small.call(`/listen/${tour.code}/es.ogg?token=${token}`);
      expect(other.status).toBe(200);
      await Promise.all([first.body?.cancel(), other.body?.cancel()]);
    } finally {
      await small.stop();
    }
  });
});

describe('a tour that ends while it is looked whether somebody may hear it', () => {
  it('is no more to be heard', async () => {
    const record = { state: 'live' };
    const [route] = listenRoutes({
      codes: { find: () => Promise.resolve({ record }) },
      entryCodes: {
        expect: () => {
          record.state = 'ended';
          return Promise.resolve();
        },
      },
    } as unknown as ListenRouteParts);
    const context = {
      req: { headers: {}, socket: {} },
      URL: new URL('http://box/listen/ABCDEF/en.mp3?entry=4711'),
      params: { code: 'ABCDEF', file: 'en.mp3' },
    } as unknown as Context;
    if (route?.who !== 'anyone') throw new Error('Streams are for anyone who knows the codes.');
    await expect(route.handle(context)).rejects.toMatchObject({ code: 'tour_over' });
  });
});
