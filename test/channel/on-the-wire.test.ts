import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, expect, test } from 'vitest';
import { TestBox } from '../http/test-box.ts';
import { wavBytes } from '../microphone/wav-bytes.ts';
import { noise, rmsDb } from '../microphone/waveform.ts';
import { type Packet, PhoneClient } from '../peer/phone-client.ts';
import { Stalls } from '../stalls.ts';

const REHEARSAL = fileURLToPath(
  new URL('../../appliance/microphone/recordings/rehearsal.wav', import.meta.url),
);

const undo: (() => Promise<void>)[] = [];

afterEach(async () => {
  for (const each of undo.splice(0)) await each();
});

async function hear(box: TestBox, code: string, language: string): Promise<PhoneClient> {
  const phone = new PhoneClient({ direction: 'recvonly' });
  undo.unshift(() => phone.close());
  const { whep, token } = await box.join(code, language);
  const headers = { 'content-type': 'application/sdp' };
  const answer = await box.call(whep, { method: 'POST', token, headers, body: await phone.offer() });
  await phone.accept(await answer.text());
  return phone;
}

/** From the packet before, in units of RTP. */
function stepTo({ packets }: PhoneClient, packet: Packet): number {
  return (packet.timestamp - (packets[packets.indexOf(packet) - 1]?.timestamp ?? 0)) >>> 0;
}

test.for([
  [20, 60],
  [60, 20],
  [40, 40],
] as const)(
  'phones are sent frames as long as is set: floor %d ms, translated %d ms',
  async ([own, other]) => {
    const stalls = new Stalls();
    undo.push(() => Promise.resolve(stalls.stop()));
    const box = await TestBox.start({
      UBIZO_MICROPHONE: `file:${REHEARSAL}#loop`,
      UBIZO_FLOOR_FRAME_MS: String(own),
      UBIZO_TRANSLATED_FRAME_MS: String(other),
    });
    undo.push(() => box.stop());
    const tour = await box.createTour();
    const phones = await Promise.all(['floor', 'es'].map((language) => hear(box, tour.code, language)));
    await box.guide(`/api/tours/${tour.id}/start`, 'POST');
    for (const [i, frameMs] of [own, other].entries()) {
      const phone = phones[i];
      await phone?.received(1_200 / frameMs);
      const wrong = phone?.packets
        .slice(1, 10)
        .map((packet) => ({ at: packet.at, step: stepTo(phone, packet) }))
        .filter(({ at, step }) => step !== frameMs * 48 && !stalls.explain(at));
      expect(wrong).toEqual([]);
      const sound = phone?.sound() ?? new Int16Array();
      expect(sound.length).toBe((phone?.packets.length ?? 0) * frameMs * 24);
      expect(rmsDb(sound)).toBeGreaterThan(-45);
    }
  },
);

test.for(['on', 'off'])('a room in which nobody speaks, with the noise gate %s', async (gate) => {
  const folder = await mkdtemp(join(tmpdir(), 'ubizo-room-'));
  undo.push(() => rm(folder, { recursive: true }));
  const room = join(folder, 'room.wav');
  const samples = Float64Array.from(noise({ seconds: 5, amplitude: 0.001 }), (sample) => sample / 32_768);
  await writeFile(room, wavBytes({ rate: 24_000, encoding: 's16', channels: [samples] }));
  const box = await TestBox.start({ UBIZO_MICROPHONE: `file:${room}#loop`, UBIZO_NOISE_GATE: gate });
  undo.unshift(() => box.stop());
  const tour = await box.createTour();
  const phones = await Promise.all(['floor', 'es'].map((language) => hear(box, tour.code, language)));
  await box.guide(`/api/tours/${tour.id}/start`, 'POST');
  await Promise.all(phones.map((phone) => phone.received(20)));
  // The gate closes after two or three seconds; what comes in the fifth shows whether it has.
  await new Promise((resolve) => setTimeout(resolve, 4_500));
  const before = phones.map(({ packets }) => packets.length);
  await new Promise((resolve) => setTimeout(resolve, 600));
  for (const [i, { packets }] of phones.entries()) {
    if (gate === 'on') expect(packets).toHaveLength(before[i] ?? 0);
    else expect(packets.length).toBeGreaterThan((before[i] ?? 0) + 3);
  }
  const { channels } = await box.guide(`/api/tours/${tour.id}`);
  expect(channels[0], 'the guide’s microphone is open').toMatchObject({ state: 'live' });
});
