import { once } from 'node:events';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { WebSocket } from 'ws';
import { writeSoundFrame } from '../../appliance/protocol/sound-frame.ts';
import { TestBox } from './test-box.ts';

const FRAME_MS = 20;

let box: TestBox;
let path: string;

beforeAll(async () => {
  box = await TestBox.start();
  const { id } = await box.createTour();
  path = `/api/tours/${id}/microphone`;
});

afterAll(() => box.stop());

/** A phone that has been let in, and what it is hung up on with. */
async function phone(query = ''): Promise<{ socket: WebSocket; closed: Promise<unknown> }> {
  const headers = { cookie: box.cookie };
  const socket = new WebSocket(box.url.replace('http', 'ws') + path + query, { headers });
  socket.on('error', () => undefined);
  const closed = once(socket, 'close').then(([code]: unknown[]) => code);
  // The box says that it hears.
  await once(socket, 'message');
  return { socket, closed };
}

async function refusal(query: string, headers: Record<string, string> = {}): Promise<number | undefined> {
  const socket = new WebSocket(box.url.replace('http', 'ws') + path + query, { headers });
  socket.on('error', () => undefined);
  const [, response] = (await once(socket, 'unexpected-response')) as [unknown, { statusCode?: number }];
  socket.terminate();
  return response.statusCode;
}

function pcm(samples: number): Uint8Array {
  const sound = new Uint8Array(2 * samples);
  const frame = { marker: false, duration: FRAME_MS * 48, sequence: 0, timestamp: 0 };
  return writeSoundFrame({ ...frame, pcm: true, sound });
}

test('only the guide is let in, from a page of the box, at a rate that there is', async () => {
  expect(await refusal('')).toBe(401);
  const { cookie } = box;
  expect(await refusal('', { cookie, origin: 'http://elsewhere.example' })).toBe(403);
  for (const rate of ['NaN', '-1', '7999', '44100.5', '96001', '1e9'])
    expect(await refusal(`?rate=${rate}`, { cookie }), rate).toBe(400);
});

test.each([8_000, 44_100, 96_000])('a phone that samples %i times a second is heard', async (rate) => {
  const { socket } = await phone(`?rate=${rate}`);
  socket.send(pcm((rate * FRAME_MS) / 1_000));
  socket.ping();
  await once(socket, 'pong');
  expect(socket.readyState).toBe(WebSocket.OPEN);
  socket.close();
});

test('what is too large, too much or no sound ends it, and a newer phone does', async () => {
  const large = await phone();
  large.socket.send(new Uint8Array(5_000));
  expect(await large.closed).toBe(1009);
  const talkative = await phone();
  for (let i = 0; i < 300; i++) talkative.socket.send(pcm(1));
  expect(await talkative.closed).toBe(1008);
  const writing = await phone();
  writing.socket.send('{}');
  expect(await writing.closed).toBe(1003);
  const former = await phone();
  const newer = await phone();
  expect(await former.closed).toBe(1000);
  newer.socket.close();
});
