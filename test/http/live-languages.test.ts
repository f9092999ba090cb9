import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { type Packet, PhoneClient } from '../peer/phone-client.ts';
import { Stalls } from '../stalls.ts';
import { OLD_TOWN, TestBox } from './test-box.ts';

const REHEARSAL = fileURLToPath(
  new URL('../../appliance/microphone/recordings/rehearsal.wav', import.meta.url),
);

/** Of packets, from each to the next: sequence numbers, and samples at 48 kHz. */
interface Steps {
  readonly sequence: Set<number>;
  readonly samples: Set<number>;
}

/**
 * Leaves out gaps where the machine held everything up: the box and its recording run in this thread, and what comes too
 * late for its frame is one.
 */
function steps(packets: readonly Packet[], frame: number, stalls: Stalls): Steps {
  const pairs = packets.slice(1).map((packet, index) => [packets[index]!, packet] as const);
  const sequence = new Set(pairs.map(([a, b]) => (b.sequenceNumber - a.sequenceNumber) & 0xffff));
  const samples = new Set<number>();
  for (const [a, b] of pairs) {
    const step = (b.timestamp - a.timestamp) >>> 0;
    if (step <= frame || !stalls.explain(b.at)) samples.add(step);
  }
  return { sequence, samples };
}

test(
  'while a tour is live, languages come and go, and nobody else misses a word',
  { timeout: 60_000 },
  async () => {
    // Without a noise gate and an interpreter, every channel carries the guide all the time: a gap would be seen.
    const box = await TestBox.start({
      UBIZO_MICROPHONE: `file:${REHEARSAL}#loop`,
      UBIZO_NOISE_GATE: 'off',
    });
    const phones: PhoneClient[] = [];
    const stalls = new Stalls();
    try {
      const tour = await box.createTour({ ...OLD_TOWN, languages: ['es', 'fr'] });
      await box.guide(`/api/tours/${tour.id}/start`, 'POST');
      for (const language of ['floor', 'fr', 'es']) {
        const { whep, token } = await box.join(tour.code, language);
        const phone = new PhoneClient({ direction: 'recvonly' });
        phones.push(phone);
        const response = await box.call(whep, {
          method: 'POST',
          token,
          headers: { 'content-type': 'application/sdp' },
          body: await phone.offer(),
        });
        await phone.accept(await response.text());
        await phone.connected();
      }
      const [floor, french, spanish] = phones as [PhoneClient, PhoneClient, PhoneClient];
      await Promise.all(phones.map((phone) => phone.received(20)));
      const before = spanish.packets.length;
      expect(steps(spanish.packets, 2_880, stalls).samples).toEqual(new Set([2_880]));

      await box.guide(`/api/tours/${tour.id}`, 'PATCH', { languages: ['fr', 'de'] });
      await spanish.received(before + 50);
      const late = await box.join(tour.code, 'de');
      expect(late.tour.languages).toEqual(['fr', 'de']);
      await box.guide(`/api/tours/${tour.id}`, 'PATCH', { languages: ['de', 'fr', 'es'] });
      await french.received(french.packets.length + 20);

      expect(steps(floor.packets, 960, stalls)).toEqual({ sequence: new Set([1]), samples: new Set([960]) });
      expect(steps(french.packets, 2_880, stalls)).toEqual({
        sequence: new Set([1]),
        samples: new Set([2_880]),
      });
      expect(steps(spanish.packets, 2_880, stalls).sequence, 'one stream, whatever is heard').toEqual(
        new Set([1]),
      );
      expect(new Set(spanish.packets.map(({ ssrc }) => ssrc)).size).toBe(1);
      expect(steps(spanish.packets.slice(-40), 960, stalls).samples, 'the guide’s own channel').toEqual(
        new Set([960]),
      );
    } finally {
      stalls.stop();
      await Promise.all(phones.map((phone) => phone.close()));
      await box.stop();
    }
  },
);
