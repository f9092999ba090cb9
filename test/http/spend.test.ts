import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { guideEvent } from '../../appliance/protocol/guide-events.ts';
import type { SpendView } from '../../appliance/protocol/views.ts';
import { PhoneClient } from '../peer/phone-client.ts';
import { RealtimeServer } from '../realtime-server/realtime-server.ts';
import { type Event, OLD_TOWN, problemOf, TestBox } from './test-box.ts';

const REHEARSAL = fileURLToPath(
  new URL('../../appliance/microphone/recordings/rehearsal.wav', import.meta.url),
);

let server: RealtimeServer;
let box: TestBox;

beforeAll(async () => {
  server = new RealtimeServer({ lagMs: 10, paceMs: 2, updateMs: 5 });
  await server.start();
  box = await TestBox.start({
    UBIZO_MICROPHONE: `file:${REHEARSAL}#loop`,
    UBIZO_INTERPRETER: 'openai',
    UBIZO_OPENAI_URL: server.url,
    OPENAI_API_KEY: 'sk-test',
  });
});

afterAll(async () => {
  await box.stop();
  await server.stop();
});

const spendOf = ({ changes }: Event): SpendView | undefined => (changes as { spend?: SpendView })?.spend;

const channel =
  (language: string, state: string, rough: boolean) =>
  (event: Event): boolean =>
    event.type === 'channel' && event.language === language && event.state === state && event.rough === rough;

test(
  'at the cap the box goes on by itself, the guide’s voice never stops, and a raise brings the model back',
  { timeout: 120_000 },
  async () => {
    // Two languages and the guide's own captions: 0.0014 $/s.
    const tour = await box.createTour({ ...OLD_TOWN, spendCapUsd: 0.008 });
    expect(tour.spend).toMatchObject({ usd: 0, capUsd: 0.008, state: 'within' });
    const desk = box.guidePage(tour.id);
    const pages = await Promise.all(
      ['es', 'fr'].map(async (language) => box.attendeePage(await box.join(tour.code, language))),
    );
    const floor = await box.join(tour.code, 'floor');
    const phone = new PhoneClient({ direction: 'recvonly' });
    const response = await box.call(floor.whep, {
      method: 'POST',
      token: floor.token,
      headers: { 'content-type': 'application/sdp' },
      body: await phone.offer(),
    });
    await phone.accept(await response.text());
    await phone.connected();
    await Promise.all(pages.map((page) => page.snapshot()));
    await box.guide(`/api/tours/${tour.id}/start`, 'POST');
    await desk.event(channel('es', 'live', false));

    const warned = spendOf(await desk.event((event) => spendOf(event)?.state === 'warn'))!;
    expect(warned.usd).toBeGreaterThanOrEqual(0.0064);
    const reached = spendOf(await desk.event((event) => spendOf(event)?.state === 'reached'))!;
    expect(reached.usd).toBeGreaterThanOrEqual(0.008);
    expect(reached.usd, 'within a piece or two of the cap').toBeLessThan(0.012);
    expect(reached.problem?.code).toBe('spend_cap_reached');
    const heard = phone.packets.length;
    await server.until(() => server.sessions.every(({ open }) => !open));
    expect(server.sessions.map(({ closedBy }) => closedBy)).toEqual(['session.close', 'session.close']);

    // The box can do English to Spanish by itself, but no French.
    const from = desk.events.findIndex((event) => spendOf(event)?.state === 'reached');
    await desk.event(channel('es', 'live', true), from);
    expect(await desk.event(channel('fr', 'floor', false), from)).toMatchObject({
      problem: { code: 'spend_cap_reached' },
    });
    await phone.received(heard + 50);
    const at = desk.events.length;
    const spent = (await box.guide(`/api/tours/${tour.id}`)).spend.usd;
    expect(server.sessions, 'nothing more is paid').toHaveLength(2);

    await box.guide(`/api/tours/${tour.id}`, 'PATCH', { spendCapUsd: 50 });
    expect(spendOf(await desk.event((event) => spendOf(event)?.state === 'within', at))).toMatchObject({
      capUsd: 50,
      usd: spent,
    });
    await desk.event(channel('es', 'live', false), at);
    await desk.event(channel('fr', 'live', false), at);
    await server.until(() => server.sessions.filter(({ open }) => open).length === 2);
    const gaps = phone.packets.slice(1).map(({ sequenceNumber }, index) => {
      return (sequenceNumber - phone.packets[index]!.sequenceNumber) & 0xffff;
    });
    expect(new Set(gaps), 'the guide’s own voice, all the while').toEqual(new Set([1]));
    for (const event of desk.events) expect(guideEvent.safeParse(event).success, event.type).toBe(true);
    await phone.close();
  },
);

test('what a visitor sees says nothing of money', async () => {
  const tour = await box.createTour({ ...OLD_TOWN, spendCapUsd: 7 });
  const seen = await (await box.call(`/api/tours/by-code/${tour.code}`)).text();
  expect(seen).not.toMatch(/spend|usd/i);
});

test.each([-1, 10_001, '5'])('a cap of %s is refused', async (spendCapUsd) => {
  const { id } = await box.createTour();
  const path = `/api/tours/${id}`;
  const refused = await box.call(path, { method: 'PATCH', cookie: box.cookie, body: { spendCapUsd } });
  expect(await problemOf(refused)).toEqual({ status: 400, code: 'bad_request' });
});
