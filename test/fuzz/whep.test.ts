import { once } from 'node:events';
import { type IncomingMessage, request } from 'node:http';
import { json } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import * as fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type JoinAnswer, joinAnswer } from '../../appliance/protocol/requests.ts';
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
/** As many as it takes for nobody to offer more often than the box lets them. */
const VISITORS = 400;

let box: TestBox;
let tour: TourDeskView;

beforeAll(async () => {
  box = await TestBox.start({ UBIZO_MICROPHONE: `file:${REHEARSAL}#loop`, UBIZO_MAX_LISTENERS: '1000' });
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

/** From one of this machine's many addresses: one alone may not let in so many. */
async function joinFrom(localAddress: string): Promise<JoinAnswer> {
  const joining = request(`${box.url}/api/join`, {
    method: 'POST',
    localAddress,
    headers: { 'content-type': 'application/json' },
  });
  joining.end(JSON.stringify({ code: tour.code, language: 'floor' }));
  const [response] = (await once(joining, 'response')) as [IncomingMessage];
  return joinAnswer.parse(await json(response));
}

test('ten thousand broken offers are each answered in words, and who hears goes on hearing', async () => {
  const phone = new PhoneClient({ direction: 'recvonly' });
  const listening = await offer(await box.join(tour.code, 'floor'), await phone.offer());
  await phone.accept(await listening.text());
  await phone.received(10);
  const visitors = await Promise.all(
    Array.from({ length: VISITORS }, (_, i) => joinFrom(`127.0.0.${2 + (i % 4)}`)),
  );
  let turn = 0;
  const statuses = new Set<number>();

  await fc.assert(
    fc.asyncProperty(fc.array(malformedOffer, { minLength: BATCH, maxLength: BATCH }), async (offers) => {
      const first = BATCH * turn++;
      await Promise.all(
        offers.map(async (body, i) => {
          const visitor = visitors[(first + i) % VISITORS];
          if (!visitor) return;
          const response = await offer(visitor, body);
          const text = await response.text();
          statuses.add(response.status);
          if (response.status === 201) {
            expect(text).toMatch(/^a=candidate:/m);
            // Nobody will connect, and the box lets in a bounded number of those who have yet to.
            await box.call(response.headers.get('location') ?? '', {
              method: 'DELETE',
              token: visitor.token,
            });
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
