import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Decoder } from '@evan/opus';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import type { JoinAnswer } from '../../appliance/protocol/requests.ts';
import { readSoundFrame, type SoundFrame, timeBetween } from '../../appliance/protocol/sound-frame.ts';
import { toneDb } from '../e2e/sound.ts';
import { wavBytes } from '../microphone/wav-bytes.ts';
import { sine } from '../microphone/waveform.ts';
import { TestBox } from './test-box.ts';

const HZ = 440;

let folder: string;
let box: TestBox;
let tour: string;
let code: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'ubizo-sound-'));
  const path = join(folder, 'tone.wav');
  const channels = [sine({ hz: HZ, rate: 24_000, seconds: 5, amplitude: 0.4 })];
  await writeFile(path, wavBytes({ rate: 24_000, encoding: 's16', channels }));
  box = await TestBox.start({ UBIZO_MICROPHONE: `file:${path}#loop`, UBIZO_NOISE_GATE: 'off' });
  ({ id: tour, code } = await box.createTour({ name: 'Old town', floorLanguage: 'en', languages: ['es'] }));
  await box.guide(`/api/tours/${tour}/start`, 'POST');
});

afterAll(async () => {
  await box.stop();
  await rm(folder, { recursive: true, force: true });
});

/** A phone that hears by the socket. */
class Ear {
  readonly frames: SoundFrame[] = [];
  readonly words: string[] = [];
  readonly socket: WebSocket;

  constructor({ token }: JoinAnswer, query = '') {
    this.socket = new WebSocket(
      `${box.url.replace('http', 'ws')}/api/tours/${tour}/sound?token=${token}${query}`,
    );
    this.socket.on('error', () => undefined);
    this.socket.on('message', (data: Buffer, binary) => {
      const frame = binary ? readSoundFrame(data) : undefined;
      if (frame) this.frames.push(frame);
      else this.words.push(data.toString());
    });
  }

  /** What the box hangs up with. */
  readonly closed = new Promise<number>((resolve) => {
    setImmediate(() => this.socket.once('close', resolve));
  });

  async hears(count: number): Promise<void> {
    while (this.frames.length < count) await once(this.socket, 'message');
  }
}

const listeners = async (language: string): Promise<number> => {
  const { channels } = await box.guide(`/api/tours/${tour}`);
  return channels.find((channel) => channel.language === language)?.listeners ?? 0;
};

describe('the sound socket', () => {
  it('tries for a phone’s check whether a socket passes, and counts nobody for it', async () => {
    const { token } = await box.join(code, 'es');
    const socket = new WebSocket(
      `${box.url.replace('http', 'ws')}/api/tours/${tour}/sound?token=${token}&trial=`,
    );
    let opened = false;
    socket.on('open', () => (opened = true));
    let counted = 0;
    socket.on('message', () => counted++);
    const [status] = (await once(socket, 'close')) as [number];
    expect([opened, status, counted]).toEqual([true, 1_000, 0]);
    const text = await (await box.call('/metrics')).text();
    expect(text).toContain('ubizo_listeners_by_way{way="socket"} 0');
    expect(await listeners('es')).toBe(0);
    const wrong = new WebSocket(`${box.url.replace('http', 'ws')}/api/tours/${tour}/sound?token=none&trial=`);
    expect(await once(wrong, 'error'), 'only for who has joined').toBeDefined();
  });

  it('carries the channel’s own Opus frames, numbered and timed', async () => {
    const ear = new Ear(await box.join(code, 'en'));
    await ear.hears(50);
    await expect.poll(() => listeners('en')).toBe(1);
    const decoder = new Decoder({ channels: 1, sample_rate: 48_000 });
    const heard = Buffer.concat(ear.frames.map(({ sound }) => Buffer.from(decoder.decode(sound))));
    const samples = new Int16Array(heard.buffer, heard.byteOffset, heard.length >> 1);
    expect(toneDb(samples.subarray(9_600), HZ)).toBeGreaterThan(-20);
    for (const [at, frame] of ear.frames.slice(1).entries()) {
      const before = ear.frames[at];
      expect(frame.sequence).toBe(((before?.sequence ?? 0) + 1) & 0xff_ff);
      expect(frame.duration).toBe(960);
      expect(timeBetween(before?.timestamp ?? 0, frame.timestamp)).toBeGreaterThanOrEqual(960);
    }
    ear.socket.close();
    await expect.poll(() => listeners('en')).toBe(0);
  });

  it('goes on in another language when the page says so, and says which', async () => {
    const pass = await box.join(code, 'en');
    const page = box.attendeePage(pass);
    await page.snapshot();
    const ear = new Ear(pass);
    await ear.hears(5);
    page.send({ type: 'language', language: 'es' });
    while (ear.words.length < 2) await once(ear.socket, 'message');
    const count = ear.frames.length;
    await ear.hears(count + 5);
    expect(ear.words.map((text) => JSON.parse(text) as unknown)).toEqual([
      { type: 'sound', language: 'en' },
      { type: 'sound', language: 'es' },
    ]);
    expect(ear.frames.at(-1)?.duration).toBe(2_880);
    await expect.poll(() => listeners('es')).toBe(1);
    ear.socket.close();
    page.close();
  });

  it('says now and then that there is nothing to hear', async () => {
    await box.guide(`/api/tours/${tour}/pause`, 'POST');
    const ear = new Ear(await box.join(code, 'en'));
    await ear.hears(1);
    while (ear.frames.at(-1)?.sound.length !== 0) await once(ear.socket, 'message');
    expect(ear.frames.at(-1)?.duration).toBe(0);
    await box.guide(`/api/tours/${tour}/resume`, 'POST');
    ear.socket.close();
  });

  it('sends nothing that would come late, and goes on with what is said now', async () => {
    const ear = new Ear(await box.join(code, 'en'));
    await ear.hears(5);
    ear.socket.pause();
    // Longer than anything may be late.
    await new Promise((resolve) => setTimeout(resolve, 3_000));
    const before = ear.frames.length;
    ear.socket.resume();
    await ear.hears(before + 60);
    const gaps = ear.frames.slice(before).map((frame, at, all) => {
      const last = all[at - 1] ?? frame;
      return timeBetween(last.timestamp, frame.timestamp) / 48;
    });
    // What was sent before the box noticed, and then a leap.
    expect(Math.max(...gaps)).toBeGreaterThan(1_000);
    expect(gaps.findIndex((ms) => ms > 1_000) * 20).toBeLessThan(1_500);
    ear.socket.close();
  });

  it('is not talked into keeping what nobody takes', async () => {
    const ear = new Ear(await box.join(code, 'en'));
    await ear.hears(5);
    ear.socket.pause();
    const talking = setInterval(() => ear.socket.pong(), 100);
    await new Promise((resolve) => setTimeout(resolve, 3_000));
    clearInterval(talking);
    const before = ear.frames.length;
    ear.socket.resume();
    await ear.hears(before + 60);
    const times = ear.frames.slice(before).map(({ timestamp }) => timestamp);
    const gaps = times.slice(1).map((time, at) => timeBetween(times[at] ?? time, time) / 48);
    expect(Math.max(...gaps)).toBeGreaterThan(1_000);
    ear.socket.close();
  });

  it('is hung up on for one whom the guide has removed', async () => {
    const ear = new Ear(await box.join(code, 'en'));
    await ear.hears(1);
    await expect.poll(() => listeners('en')).toBe(1);
    const { attendees } = await box.guide(`/api/tours/${tour}`);
    const one = attendees.find(({ connected }) => connected);
    await box.call(`/api/tours/${tour}/attendees/${one?.id}`, { method: 'DELETE', cookie: box.cookie });
    await ear.closed;
    expect(await listeners('en')).toBe(0);
  });

  it('is for listening only, and ends with the tour', async () => {
    const talkative = new Ear(await box.join(code, 'en'));
    await once(talkative.socket, 'open');
    talkative.socket.send('{}');
    expect(await talkative.closed).toBe(1008);
    const pass = await box.join(code, 'en');
    const ear = new Ear(pass);
    await ear.hears(1);
    await box.guide(`/api/tours/${tour}/end`, 'POST');
    await ear.closed;
    const late = new Ear(pass);
    const [, response] = (await once(late.socket, 'unexpected-response')) as [
      unknown,
      { statusCode: number },
    ];
    expect(response.statusCode).toBe(410);
  });
});
