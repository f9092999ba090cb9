import { afterAll, afterEach, beforeAll, expect, test, vi } from 'vitest';
import { boxStateView } from '../../appliance/protocol/box-state.ts';
import type { JoinAnswer } from '../../appliance/protocol/requests.ts';
import type { TourDeskView } from '../../appliance/protocol/views.ts';
import { Coturn, SECRET } from '../ice/coturn.ts';
import { PhoneClient } from '../peer/phone-client.ts';
import { TestBox } from './test-box.ts';

let coturn: Coturn;
let box: TestBox;
let tour: TourDeskView;
const clients: PhoneClient[] = [];

beforeAll(async () => {
  coturn = await Coturn.start();
  const servers = [
    { urls: `turn:127.0.0.1:${coturn.port}?transport=tcp`, secret: SECRET },
    // Nobody is there.
    { urls: 'stun:127.0.0.1:9' },
    { urls: `stun:127.0.0.1:${coturn.port}` },
  ];
  box = await TestBox.start({ UBIZO_ICE_SERVERS: JSON.stringify(servers) });
  tour = await box.createTour();
});

afterEach(async () => {
  await Promise.all(clients.splice(0).map((client) => client.close()));
});

afterAll(async () => {
  await box.stop();
  await coturn.stop();
});

const condition = async (): Promise<unknown> => {
  const health = (await (await box.call('/healthz')).json()) as { parts: Record<string, unknown> };
  return health.parts['ice'];
};

/** Once all servers were asked for the first time. */
async function joined(): Promise<JoinAnswer> {
  await vi.waitFor(
    async () => expect(await condition()).toEqual({ ok: true, detail: '2 of 3', degraded: true }),
    20_000,
  );
  return box.join(tour.code, 'floor');
}

function phone(direction: 'recvonly' | 'sendonly'): PhoneClient {
  const client = new PhoneClient({ direction });
  clients.push(client);
  return client;
}

const SDP = { 'content-type': 'application/sdp' };
/** RFC 9725, 4.6, of both in order; the name tells when it ends, the password is base64 of 20 bytes. */
const links = (port: number): RegExp =>
  new RegExp(
    String.raw`^<turn:127\.0\.0\.1:${port}\?transport=tcp>; rel="ice-server"; username="\d{10}:[0-9a-f]{12}"; credential="[\w+/]{27}="; credential-type="password", <stun:127\.0\.0\.1:${port}>; rel="ice-server"$`,
  );

test('a join is answered with the servers that answer, in order', async () => {
  const { iceServers = [] } = await joined();
  expect(iceServers.map(({ urls }) => urls)).toEqual([
    `turn:127.0.0.1:${coturn.port}?transport=tcp`,
    `stun:127.0.0.1:${coturn.port}`,
  ]);
  expect(JSON.stringify(iceServers)).not.toContain(SECRET);
});

test('the desk and the page of the box say how full it is, and that a server does not answer', async () => {
  const visitor = await joined();
  const outside = [{ kind: 'ice', state: 'open' }];
  const desk = box.guidePage(tour.id);
  const told = await desk.event(({ type }) => type === 'box');
  expect(told).toMatchObject({ listeners: 0, modelSessions: 0, outside });
  const listener = phone('recvonly');
  const how = { method: 'POST', token: visitor.token, headers: SDP, body: await listener.offer() };
  await listener.accept(await (await box.call(visitor.whep, how)).text());
  await desk.event(({ type, listeners }) => type === 'box' && listeners === 1);
  const state = await box.call('/api/box/state', { cookie: box.cookie });
  const { use } = boxStateView.parse(await state.json());
  expect(use.outside).toEqual(outside);
  expect(use.mostListeners).toBe(told['mostListeners']);
});

test('the answers to offers name them too, to any player', async () => {
  const visitor = await joined();
  const listened = await box.call(visitor.whep, {
    method: 'POST',
    token: visitor.token,
    headers: SDP,
    body: await phone('recvonly').offer(),
  });
  expect(listened.status).toBe(201);
  expect(listened.headers.get('link')).toMatch(links(coturn.port));
  const spoken = await box.call(`/whip/floor?tour=${tour.id}`, {
    method: 'POST',
    cookie: box.cookie,
    headers: SDP,
    body: await phone('sendonly').offer(),
  });
  expect(spoken.status).toBe(201);
  expect(spoken.headers.get('link')).toMatch(links(coturn.port));
});

test('how each answers is told to who watches the box', async () => {
  await joined();
  const metrics = await (await box.call('/metrics')).text();
  expect(metrics).toMatch(/^ubizo_ice_server_up\{server="ice 1"\} 1$/m);
  expect(metrics).toMatch(/^ubizo_ice_server_up\{server="ice 2"\} 0$/m);
  expect(metrics).toMatch(/^ubizo_ice_error_rate\{server="ice 2"\} 1$/m);
  expect(metrics).toMatch(/^ubizo_ice_response_ms\{server="ice 3"\} \d/m);
  expect(metrics).toMatch(/^ubizo_breaker_state\{of="ice 2"\} 2$/m);
});
