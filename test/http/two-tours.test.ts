import { fileURLToPath } from 'node:url';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import type { TourDeskView } from '../../appliance/protocol/views.ts';
import { Encoder } from '@evan/opus';
import { PhoneClient } from '../peer/phone-client.ts';
import { frequency, sine } from '../microphone/waveform.ts';
import { type Event, type Page, problemOf, TestBox } from './test-box.ts';

const REHEARSAL = fileURLToPath(
  new URL('../../appliance/microphone/recordings/rehearsal.wav', import.meta.url),
);
const SDP = { 'content-type': 'application/sdp' };
const BUSY = { status: 409, code: 'microphone_busy' };
const LOST = { state: 'lost', problem: { code: 'microphone_busy' } };

let box: TestBox;
const clients: PhoneClient[] = [];

beforeAll(async () => {
  box = await TestBox.start({ UBIZO_MICROPHONE: `file:${REHEARSAL}#loop`, UBIZO_NOISE_GATE: 'off' });
});

afterEach(async () => {
  await Promise.all(clients.splice(0).map((client) => client.close()));
});

afterAll(() => box.stop());

const step = (tour: TourDeskView, name: string): Promise<Response> =>
  box.call(`/api/tours/${tour.id}/${name}`, { method: 'POST', cookie: box.cookie });

async function done(tour: TourDeskView, name: string): Promise<void> {
  expect((await step(tour, name)).status, name).toBe(200);
}

const microphone =
  (state: string, code?: string) =>
  (event: Event): boolean =>
    event.type === 'microphone' &&
    event.state === state &&
    (event.problem as { code: string } | undefined)?.code === code;

const since = (desk: Page): number => desk.events.length;

/** A phone that hears the guide of a tour. */
async function listener(tour: TourDeskView): Promise<PhoneClient> {
  const { whep, token } = await box.join(tour.code, 'floor');
  const phone = new PhoneClient({ direction: 'recvonly' });
  clients.push(phone);
  const body = await phone.offer();
  const response = await box.call(whep, { method: 'POST', token, headers: SDP, body });
  await phone.accept(await response.text());
  await phone.connected();
  return phone;
}

/** The guide's phone, as the tour's microphone. */
async function guidesPhone(tour: TourDeskView): Promise<PhoneClient> {
  const phone = new PhoneClient({ direction: 'sendonly' });
  clients.push(phone);
  const response = await box.call(`/whip/floor?tour=${tour.id}`, {
    method: 'POST',
    cookie: box.cookie,
    headers: SDP,
    body: await phone.offer(),
  });
  expect(response.status).toBe(201);
  await phone.accept(await response.text());
  await phone.connected();
  return phone;
}

/** A tone from a guide's phone, in real time. @returns what ends it. */
function speak(phone: PhoneClient, hz: number): () => void {
  const encoder = new Encoder({ channels: 1, sample_rate: 48_000, application: 'voip' });
  const tone = Int16Array.from(sine({ hz, rate: 48_000, seconds: 1, amplitude: 0.5 }), (x) => x * 32_767);
  let at = 0;
  const timer = setInterval(() => {
    // What is sent while it hangs up is lost.
    phone.send(encoder.encode(tone.subarray(at, at + 960))).catch(() => undefined);
    at = (at + 960) % tone.length;
  }, 20);
  return () => clearInterval(timer);
}

test('the box’s own microphone belongs to the tour that is live; another is told, and has it afterwards', async () => {
  const [first, second] = [await box.createTour(), await box.createTour()];
  const desks = [box.guidePage(first.id), box.guidePage(second.id)] as const;
  await desks[0].event(microphone('open'));
  expect(await desks[1].snapshot()).toMatchObject({ tour: { microphone: LOST } });

  // Trying it does not keep it from who goes live.
  await done(second, 'start');
  await desks[1].event(microphone('open'));
  await desks[0].event(microphone('lost', 'microphone_busy'));
  expect(await problemOf(await step(first, 'start'))).toEqual(BUSY);
  expect((await box.guide(`/api/tours/${first.id}`)).state).toBe('ready');

  let from = since(desks[0]);
  await done(second, 'pause');
  await done(first, 'start');
  await desks[0].event(microphone('open'), from);
  expect(await problemOf(await step(second, 'resume'))).toEqual(BUSY);

  from = since(desks[1]);
  await done(first, 'end');
  await desks[1].event(microphone('open'), from);
  await done(second, 'resume');
  await done(second, 'end');
});

test('several tours are live at once, each heard through its own guide’s phone', async () => {
  const [own, one, two] = [await box.createTour(), await box.createTour(), await box.createTour()];
  await done(own, 'start');
  for (const tour of [one, two]) {
    await box.guide(`/api/tours/${tour.id}`, 'PATCH', { microphone: 'phone' });
    await done(tour, 'start');
  }
  const phones = [await guidesPhone(one), await guidesPhone(two)] as const;
  const ears = [await listener(own), await listener(one), await listener(two)] as const;
  // Two pitches, far apart: whose guide it is can be heard.
  const stop = [speak(phones[0], 400), speak(phones[1], 1_000)];
  await Promise.all(ears.map((ear) => ear.received(75)));
  for (const each of stop) each();
  const [, four, ten] = ears.map((ear) => frequency(ear.sound(ear.packets.slice(25, 75))));
  expect(four).toBeGreaterThan(380);
  expect(four).toBeLessThan(420);
  expect(ten).toBeGreaterThan(950);
  expect(ten).toBeLessThan(1_050);

  const busy = await box.call(`/api/tours/${one.id}`, {
    method: 'PATCH',
    cookie: box.cookie,
    body: { microphone: own.microphone.id },
  });
  expect(await problemOf(busy)).toEqual(BUSY);
  expect((await box.guide(`/api/tours/${one.id}`)).microphone.id, 'goes on with its phone').toBe('phone');
  for (const tour of [own, one, two]) await done(tour, 'end');
});

test('a box that was switched off and on gives the live tour its microphone again, not the one that waited', async () => {
  const [waiting, live] = [await box.createTour(), await box.createTour()];
  await done(waiting, 'start');
  await done(waiting, 'pause');
  await done(live, 'start');
  await box.restart();
  const desks = [box.guidePage(waiting.id), box.guidePage(live.id)] as const;
  expect(await desks[0].snapshot()).toMatchObject({ tour: { microphone: LOST } });
  await desks[1].event(({ type, heard }) => type === 'level' && heard === true);
  for (const tour of [waiting, live]) await done(tour, 'end');
});
