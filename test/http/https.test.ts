import { X509Certificate } from 'node:crypto';
import { once } from 'node:events';
import type { IncomingHttpHeaders, IncomingMessage } from 'node:http';
import { request as requestHttps } from 'node:https';
import { type AddressInfo, createServer } from 'node:net';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { WebSocket } from 'ws';
import { lanAddresses } from '../../appliance/network/addresses.ts';
import { deviceView, entranceView } from '../../appliance/protocol/accounts.ts';
import { claim, cookiesOf, OWNER, PASSWORD } from './guests.ts';
import { TestBox } from './test-box.ts';

let box: TestBox;
/** The authority, as a phone gets it, PEM. */
let ca: string;
/** Not loopback, if there is one here. */
const [address = '127.0.0.1'] = lanAddresses();

interface Answer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly text: string;
}

beforeAll(async () => {
  box = await TestBox.start({ UBIZO_HOST: '0.0.0.0' });
  const response = await fetch(`${box.url}/ubizo.crt`);
  expect(response.headers.get('content-type')).toBe('application/x-x509-ca-cert');
  ca = new X509Certificate(Buffer.from(await response.arrayBuffer())).toString();
  box.cookie = cookiesOf(await claim(box));
});

afterAll(() => box.stop());

async function call(
  path: string,
  {
    method = 'GET',
    body,
    cookie,
    trusting = ca,
  }: { method?: string; body?: object; cookie?: string; trusting?: string } = {},
): Promise<Answer> {
  const request = requestHttps({
    host: address,
    port: box.securePort,
    path,
    method,
    ca: trusting,
    agent: false,
    headers: {
      origin: `https://${address}:${box.securePort}`,
      ...(body && { 'content-type': 'application/json' }),
      ...(cookie !== undefined && { cookie }),
    },
  });
  request.end(body && JSON.stringify(body));
  const [response] = (await once(request, 'response')) as [IncomingMessage];
  let text = '';
  for await (const chunk of response) text += String(chunk);
  return { status: response.statusCode ?? 0, headers: response.headers, text };
}

const signIn = (cookie?: string): Promise<Answer> =>
  call('/api/sign-in', {
    method: 'POST',
    body: { email: OWNER, password: PASSWORD, role: 'owner' },
    ...(cookie !== undefined && { cookie }),
  });

const pairs = ({ headers }: Answer): string =>
  (headers['set-cookie'] ?? []).map((cookie) => cookie.split(';')[0]).join('; ');

test('a phone that trusts the box’s authority is served, another is warned', async () => {
  const { status, headers } = await call('/healthz');
  expect(status).toBe(200);
  expect(headers, 'a phone that comes back over HTTP must not be locked out').not.toHaveProperty(
    'strict-transport-security',
  );
  await expect(call('/healthz', { trusting: '' })).rejects.toMatchObject({
    code: 'SELF_SIGNED_CERT_IN_CHAIN',
  });
});

test('the page over HTTP knows where the same is to be had over HTTPS', async () => {
  const port = new URL(box.url).port;
  const asked = await fetch(`http://${address}:${port}/api/sign-in`);
  const view = entranceView.parse(await asked.json());
  expect(view.secureUrl).toBe(`https://${address}:${box.securePort}/guide`);
  const here = entranceView.parse(JSON.parse((await call('/api/sign-in')).text));
  expect(here).toEqual({ name: 'Ubizo', claimed: true, passwordsHere: true });
});

test('who signs in over HTTPS gets cookies that never leave it', async () => {
  const answer = await signIn();
  expect(answer.status).toBe(200);
  const [access = '', refresh = ''] = answer.headers['set-cookie'] ?? [];
  expect(access).toMatch(
    /^__Host-ubizo_access=[^;]+; Path=\/; HttpOnly; SameSite=Strict; Max-Age=900; Secure$/,
  );
  expect(refresh).toMatch(/^__Secure-ubizo_refresh=[^;]+; Path=\/api\/sign-in; .*; Secure$/);
  const cookie = pairs(answer);
  expect((await call('/api/device', { cookie })).status).toBe(200);
  expect((await call('/api/sign-in/refresh', { method: 'POST', cookie })).status).toBe(200);
});

test('a cookie that was planted over HTTP is not taken for a sign-in over HTTPS', async () => {
  expect((await box.call('/api/device', { cookie: box.cookie })).status).toBe(200);
  expect((await call('/api/device', { cookie: box.cookie })).status).toBe(401);
  const access = pairs(await signIn())
    .replace('__Host-', '')
    .split(';')[0];
  expect((await call('/api/device', { cookie: access ?? '' })).status).toBe(401);
});

test('a page of the same name over HTTP is another site', async () => {
  const cookie = pairs(await signIn());
  const { port } = new URL(box.url);
  for (const origin of [`http://${address}:${box.securePort}`, `http://${address}:${port}`]) {
    const request = requestHttps({
      host: address,
      port: box.securePort,
      path: '/api/device/keys',
      method: 'POST',
      ca,
      agent: false,
      headers: { origin, cookie },
    });
    request.end();
    const [response] = (await once(request, 'response')) as [IncomingMessage];
    expect(response.statusCode).toBe(403);
    response.resume();
  }
});

test('the guide’s desk is live over HTTPS', async () => {
  const tour = await box.createTour();
  const socket = new WebSocket(`wss://${address}:${box.securePort}/api/tours/${tour.id}/events`, {
    ca,
    headers: { cookie: pairs(await signIn()) },
  });
  const [data] = (await once(socket, 'message')) as [Buffer];
  expect(JSON.parse(data.toString())).toMatchObject({ type: 'tour', tour: { id: tour.id } });
  socket.terminate();
});

test('the owner sees the certificate: whose it is, its print, its days, its names', async () => {
  const view = deviceView.parse(await (await box.call('/api/device', { cookie: box.cookie })).json());
  expect(view.certificate).toMatchObject({ kind: 'made here', authorityUrl: '/ubizo.crt' });
  expect(view.certificate?.names).toEqual(expect.arrayContaining(['localhost', '127.0.0.1', address]));
  expect(view.problem).toBeUndefined();
});

test('after a restart phones need not trust it anew', async () => {
  await box.restart();
  expect((await call('/healthz')).status).toBe(200);
});

test('with its port taken the box goes on over HTTP', async () => {
  const squatter = createServer().listen(0, '0.0.0.0');
  await once(squatter, 'listening');
  const { port } = squatter.address() as AddressInfo;
  try {
    await box.restart({ UBIZO_HTTPS_PORT: String(port) });
    expect((await box.call('/healthz')).status).toBe(200);
    const view = entranceView.parse(await (await box.call('/api/sign-in')).json());
    expect(view).not.toHaveProperty('secureUrl');
  } finally {
    squatter.close();
  }
});
