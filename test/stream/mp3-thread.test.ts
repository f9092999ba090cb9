import { afterEach, expect, test } from 'vitest';
import { silentLog } from '../../appliance/log.ts';
import { Mp3Thread } from '../../appliance/stream/mp3/mp3-thread.ts';

/** 20 ms of silence (RFC 6716), and what is no Opus. */
const SOUND = Uint8Array.of(0xf8, 0xff, 0xfe);
const GARBAGE = Uint8Array.of(0xff);

const thread = new Mp3Thread({ log: silentLog() });
afterEach(() => thread.stop());

test('who listens just after the last one has left misses nothing', async () => {
  const first = thread.open(() => undefined);
  first.add(SOUND);
  first.close();
  const { promise: heard, resolve } = Promise.withResolvers<Uint8Array>();
  const second = thread.open(resolve);
  for (let frame = 0; frame < 10; frame++) second.add(SOUND);
  expect((await heard).length).toBeGreaterThan(0);
  second.close();
});

test('a thread that dies is begun again', async () => {
  const { promise: heard, resolve } = Promise.withResolvers<Uint8Array>();
  const stream = thread.open(resolve);
  stream.add(GARBAGE);
  const speaking = setInterval(() => stream.add(SOUND), 20);
  expect((await heard).length).toBeGreaterThan(0);
  clearInterval(speaking);
  stream.close();
});
