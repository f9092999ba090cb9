import { afterEach, expect, test } from 'vitest';
import { setTimeout } from 'node:timers/promises';
import { REHEARSAL } from '../e2e/box.ts';
import { TestBox } from '../http/test-box.ts';
import { PhoneClient } from '../peer/phone-client.ts';
import { isRising } from '../shard/spoken-channel.ts';

const ALREADY_IN = 20;
const COMING = 60;
const WITHIN_MS = 2_000;
/** Half a second of the floor. */
const A_WHILE = 25;

const undo: (() => Promise<void>)[] = [];

afterEach(async () => {
  await Promise.all(undo.splice(0).map((each) => each()));
});

async function listen(box: TestBox, code: string): Promise<PhoneClient> {
  const phone = new PhoneClient({ direction: 'recvonly' });
  undo.push(() => phone.close());
  const { whep, token } = await box.join(code, 'floor');
  const headers = { 'content-type': 'application/sdp' };
  const answer = await box.call(whep, { method: 'POST', token, headers, body: await phone.offer() });
  expect(answer.status).toBe(201);
  await phone.accept(await answer.text());
  await phone.connected();
  return phone;
}

test('sixty phones come in two seconds: all hear the guide, and who heard already misses nothing', async () => {
  const box = await TestBox.start({ UBIZO_MICROPHONE: `file:${REHEARSAL}#loop` });
  undo.push(() => box.stop());
  const { id, code } = await box.createTour();
  await box.guide(`/api/tours/${id}/start`, 'POST');
  const early: PhoneClient[] = [];
  for (let i = 0; i < ALREADY_IN; i++) early.push(await listen(box, code));
  await Promise.all(early.map((phone) => phone.received(A_WHILE)));
  const before = early.map(({ packets }) => packets.length);

  const late = await Promise.all(
    Array.from({ length: COMING }, async (_, i) => {
      await setTimeout((WITHIN_MS / COMING) * i);
      return listen(box, code);
    }),
  );
  await Promise.all(late.map((phone) => phone.received(A_WHILE)));
  await Promise.all(early.map((phone, i) => phone.received((before[i] ?? 0) + A_WHILE)));

  const desk = await box.guide(`/api/tours/${id}`);
  expect(desk.channels.reduce((sum, { listeners }) => sum + listeners, 0)).toBe(ALREADY_IN + COMING);
  const [first, ...others] = [...early, ...late];
  const spoken = soundsOf(first);
  for (const { packets } of [...early, ...late])
    expect(isRising(packets.map(({ sequenceNumber }) => sequenceNumber))).toBe(true);
  for (const phone of others) expect(isPartOf(soundsOf(phone), spoken), 'frame by frame').toBe(true);
}, 120_000);

function soundsOf(phone: PhoneClient | undefined): string[] {
  return phone?.packets.map(({ payload }) => payload.toString('base64')) ?? [];
}

/** Whether one is what the other is from some frame on, until one of them ends. Silent frames may be alike. */
function isPartOf(heard: readonly string[], spoken: readonly string[]): boolean {
  return spoken.some(
    (sound, from) =>
      sound === heard[0] &&
      spoken.length - from > A_WHILE / 2 &&
      heard.every((each, i) => from + i >= spoken.length || each === spoken[from + i]),
  );
}
