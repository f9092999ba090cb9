import { fileURLToPath } from 'node:url';
import { afterEach, expect, test } from 'vitest';
import { TestBox } from '../http/test-box.ts';
import { rmsDb } from '../microphone/waveform.ts';
import { PhoneClient } from '../peer/phone-client.ts';

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

test.for([
  [20, 60],
  [60, 20],
  [40, 40],
] as const)(
  'phones are sent frames as long as is set: floor %d ms, translated %d ms',
  async ([own, other]) => {
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
      const steps = phone?.packets
        .slice(1, 10)
        .map(({ timestamp }, at) => timestamp - (phone.packets[at]?.timestamp ?? 0));
      expect(steps?.map((step) => (step + 2 ** 32) % 2 ** 32)).toEqual(Array(9).fill(frameMs * 48));
      const sound = phone?.sound() ?? new Int16Array();
      expect(sound.length).toBe((phone?.packets.length ?? 0) * frameMs * 24);
      expect(rmsDb(sound)).toBeGreaterThan(-45);
    }
  },
);
