import { fileURLToPath } from 'node:url';
import * as fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { JoinAnswer } from '../../appliance/protocol/requests.ts';
import type { TourDeskView } from '../../appliance/protocol/views.ts';
import { TestBox } from '../http/test-box.ts';
import { PhoneClient } from '../peer/phone-client.ts';
import { isRising } from '../shard/spoken-channel.ts';
import { malformedOffer } from './malformed-offer.ts';
import { fuzz } from './seed.ts';

const REHEARSAL = fileURLToPath(
  new URL('../../appliance/microphone/recordings/rehearsal.wav', import.meta.url),
);
const BATCH = 25;

let box: TestBox;
let tour: TourDeskView;

beforeAll(async () => {
  box = await TestBox.start({ UBIZO_MICROPHONE: `file:${REHEARSAL}#loop` });
  tour = await box.createTour();
  await box.guide(`/api/tours/${tour.id}/start`, 'POST');
});

afterAll(() => box.stop());

const offer = (visitor: JoinAnswer, body: string): Promise<Response> =>
  box.call(visitor.whep, {
    method: 'POST',
    token: visitor.token,
    headers: { 'content-type': 'application/sdp' },
    body,
  });

test('ten thousand broken offers are each answered in words, and who hears goes on hearing', async () => {
  const phone = new PhoneClient({ direction: 'recvonly' });
  const listening = await offer(await box.join(tour.code, 'floor'), await phone.offer());
  await phone.accept(await listening.text());
  await phone.received(10);
  const visitors = await Promise.all(Array.from({ length: BATCH }, () => box.join(tour.code, 'floor')));
  const statuses = new Set<number>();

  await fc.assert(
    fc.asyncProperty(fc.array(malformedOffer, { minLength: BATCH, maxLength: BATCH }), async (offers) => {
      await Promise.all(
        offers.map(async (body, i) => {
          const visitor = visitors[i];
          if (!visitor) return;
          const response = await offer(visitor, body);
          const text = await response.text();
          statuses.add(response.status);
          if (response.status === 201) {
            expect(text).toMatch(/^a=candidate:/m);
            return;
          }
          expect(response.status).toBe(400);
          expect(JSON.parse(text)).toMatchObject({
            error: {
              code: expect.stringMatching(/^(bad|unsupported)_sdp$/),
              message: expect.stringMatching(/\.$/),
            },
          });
        }),
      );
    }),
    { ...fuzz(10_000 / BATCH), endOnFailure: true },
  );
  expect(statuses).toEqual(new Set([201, 400]));
  const { packets } = phone;
  const heard = packets.length;
  await phone.received(heard + 10);
  expect(new Set(packets.map(({ ssrc }) => ssrc)).size).toBe(1);
  expect(isRising(packets.map(({ sequenceNumber }) => sequenceNumber))).toBe(true);
  const desk = await box.guide(`/api/tours/${tour.id}`);
  expect(desk.channels[0]?.listeners, 'only who is connected is counted').toBe(1);
  await phone.close();
}, 120_000);
