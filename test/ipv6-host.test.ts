import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { networkInterfaces, tmpdir } from 'node:os';
import { join } from 'node:path';
import { decode, encode } from 'dns-packet';
import { afterEach, expect, test, vi } from 'vitest';
import { Appliance } from '../appliance/appliance.ts';
import { silentLog } from '../appliance/log.ts';
import { Announcement } from '../appliance/network/announcement/announcement.ts';
import { joinAnswer } from '../appliance/protocol/requests.ts';
import { readSettings } from '../appliance/settings.ts';
import { PhoneClient } from './peer/phone-client.ts';

const [LINK, OWN] = Object.entries(networkInterfaces())
  .flatMap(([name, each]) => (each ?? []).map((info) => ({ name, ...info })))
  .filter(({ family, internal, address }) => family === 'IPv6' && !internal && !/^fe80/i.test(address))
  .flatMap(({ name, address }) => [name, address]);
const LOOPBACK = Object.values(networkInterfaces()).some((each) =>
  each?.some(({ address }) => address === '::1'),
);

const undo: (() => Promise<unknown>)[] = [];

afterEach(async () => {
  for (const each of undo.splice(0).toReversed()) await each();
});

async function start(host: string): Promise<Appliance> {
  const data = await mkdtemp(join(tmpdir(), 'ubizo-ipv6-'));
  undo.push(() => rm(data, { recursive: true, force: true }));
  const settings = readSettings({
    UBIZO_DATA: data,
    UBIZO_HOST: host,
    UBIZO_HTTP_PORT: '0',
    UBIZO_HTTPS_PORT: '0',
    UBIZO_SETUP_CODE: 'SETUP234',
    UBIZO_MICROPHONE: 'none',
    UBIZO_INTERPRETER: 'none',
  });
  const appliance = new Appliance({ settings, log: silentLog() });
  await appliance.start();
  undo.push(() => appliance.stop());
  return appliance;
}

test.runIf(LOOPBACK)('a box on [::1] says addresses that lead to it, to its watchdog too', async () => {
  const box = await start('[::1]');
  expect(box.url).toBe(`http://[::1]:${box.port}`);
  expect(box.healthUrl).toBe(`http://[::1]:${box.port}/healthz`);
  expect((await fetch(box.healthUrl)).status).toBe(200);
  // Under its own name nobody meets the portal.
  const answer = await fetch(`${box.url}/api/live`, { redirect: 'manual' });
  expect(answer.status).toBe(200);
  await vi.waitFor(() => expect(box.securePort).toBeGreaterThan(0));
});

test.runIf(OWN !== undefined)('its name is announced with that address, over IPv6', async () => {
  const announcement = new Announcement({
    name: 'ubizo-6',
    addresses: () => [OWN ?? ''],
    own: () => [OWN ?? ''],
    offers: () => [],
    log: silentLog(),
    lookMs: 50,
  });
  announcement.start();
  undo.push(() => announcement.stop());
  const resolver = createSocket('udp6');
  resolver.bind(0, '::');
  await once(resolver, 'listening');
  undo.push(() => new Promise<void>((resolve) => resolver.close(() => resolve())));
  resolver.setMulticastInterface(`::%${LINK}`);
  const question = encode({ type: 'query', id: 6, questions: [{ name: 'ubizo-6.local', type: 'AAAA' }] });
  const asking = setInterval(() => resolver.send(question, 5_353, 'ff02::fb'), 100);
  undo.push(() => Promise.resolve(clearInterval(asking)));
  const [raw] = (await once(resolver, 'message')) as [Buffer];
  expect(decode(raw)).toMatchObject({
    id: 6,
    answers: [{ name: 'ubizo-6.local', type: 'AAAA', data: OWN, ttl: 10 }],
    additionals: [{ type: 'NSEC', data: { rrtypes: ['AAAA'] } }],
  });
});

test.runIf(OWN !== undefined)('sound is offered over IPv6 to who calls over IPv6', async () => {
  const box = await start(OWN ?? '');
  expect(box.url).toBe(`http://[${OWN}]:${box.port}`);
  const post = (path: string, body: unknown, headers: Record<string, string> = {}): Promise<Response> =>
    fetch(box.url + path, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body: typeof body === 'string' ? body : JSON.stringify(body),
    });
  const signed = await post('/api/sign-in', { setupCode: 'SETUP234' });
  const cookie = signed.headers.getSetCookie()[0]?.split(';')[0] ?? '';
  const made = await post(
    '/api/tours',
    { name: 'Old town', floorLanguage: 'en', languages: ['es'] },
    { cookie },
  );
  const tour = (await made.json()) as { code: string; joinUrl: string };
  expect(tour.joinUrl).toBe(`${box.url}/j/${tour.code}`);
  const joined = joinAnswer.parse(
    await (await post('/api/join', { code: tour.code, language: 'floor' })).json(),
  );
  const phone = new PhoneClient({ direction: 'recvonly' });
  undo.push(() => phone.close());
  const answer = await post(joined.whep, await phone.offer(), {
    'content-type': 'application/sdp',
    authorization: `Bearer ${joined.token}`,
  });
  expect(answer.status).toBe(201);
  const sdp = await answer.text();
  expect(sdp).toContain(`c=IN IP6 ${OWN}`);
  expect(sdp).toMatch(new RegExp(`^a=candidate:1 1 udp \\d+ ${OWN} \\d+ typ host`, 'm'));
});
