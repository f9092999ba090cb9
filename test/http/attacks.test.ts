import { once } from 'node:events';
import { connect } from 'node:net';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { WebSocket } from 'ws';
import type { JoinAnswer } from '../../appliance/protocol/requests.ts';
import type { TourDeskView } from '../../appliance/protocol/views.ts';
import { OLD_TOWN, problemOf, TestBox } from './test-box.ts';

let box: TestBox;
let tour: TourDeskView;
let visitor: JoinAnswer;

beforeAll(async () => {
  box = await TestBox.start();
  tour = await box.createTour();
  visitor = await box.join(tour.code, 'es');
});

afterAll(() => box.stop());

/** Says `text` to the box as it is. @returns all that the box answers until it hangs up. */
async function say(text: string, { from = '127.0.0.1' } = {}): Promise<string> {
  const socket = connect({ host: '127.0.0.1', port: Number(new URL(box.url).port), localAddress: from });
  let answer = '';
  socket.on('data', (data) => (answer += data.toString()));
  socket.on('error', () => undefined);
  socket.write(text);
  await once(socket, 'close');
  return answer;
}

const json = { 'content-type': 'application/json' };

const post = (path: string, body: string): Promise<Response> =>
  box.call(path, { method: 'POST', body, headers: json, cookie: box.cookie });

test('ten megabytes of JSON are refused before they are read', async () => {
  const told = await post('/api/join', JSON.stringify({ code: 'x'.repeat(10_000_000) }));
  expect(await problemOf(told)).toEqual({ status: 413, code: 'body_too_large' });
  const chunk = `10000\r\n${'x'.repeat(0x1_00_00)}\r\n`;
  const untold = await say(
    `POST /api/join HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n${chunk.repeat(3)}0\r\n\r\n`,
  );
  expect(untold).toMatch(/^HTTP\/1\.1 413 /);
});

test('JSON that is nested without end is refused, and the box goes on', async () => {
  const deep = `{"name":${'['.repeat(30_000)}${']'.repeat(30_000)}}`;
  expect(await problemOf(await post('/api/tours', deep))).toEqual({ status: 400, code: 'bad_json' });
  const objects = `{"name":${'{"a":'.repeat(9)}1${'}'.repeat(9)}}`;
  expect(await problemOf(await post('/api/tours', objects))).toEqual({ status: 400, code: 'bad_json' });
});

test('a request changes nothing of what every object is', async () => {
  const direct = '{"code":"AAAAAA","language":"es","__proto__":{"role":"owner"}}';
  expect(await problemOf(await post('/api/join', direct))).toEqual({ status: 400, code: 'bad_json' });
  const nested = `{"name":"x","floorLanguage":"en","languages":["es"],"glossary":[{"term":"x","translations":{"__proto__":"y"}}]}`;
  expect(await problemOf(await post('/api/tours', nested))).toEqual({ status: 400, code: 'bad_json' });
  const constructed = { ...OLD_TOWN, constructor: { prototype: { role: 'owner' } } };
  const made = await box.guide('/api/tours', 'POST', constructed);
  expect(Object.keys(made)).not.toContain('constructor');
  expect(({} as { role?: string }).role).toBeUndefined();
});

test('no path leads out of the pages', async () => {
  const paths = [
    '/assets/../../package.json',
    '/assets/..%2f..%2fpackage.json',
    '/assets/%2e%2e/%2e%2e/package.json',
    '/assets/..\\..\\package.json',
    '/assets//etc/passwd',
    '/assets/%00',
    '/j/../../state.json',
  ];
  for (const path of paths) {
    const answer = await say(`GET ${path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n`);
    expect(answer, path).toMatch(/^HTTP\/1\.1 40[04] /);
    expect(answer, path).not.toMatch(/"dependencies"|root:|signingKeys/);
  }
  const transcript = `/api/tours/${tour.id}/transcripts/..%2f..%2fstate.json`;
  expect((await box.call(transcript, { cookie: box.cookie })).status).toBe(404);
});

test('what a person types does not become a header', async () => {
  const { id } = await box.guide('/api/tours', 'POST', { ...OLD_TOWN, name: 'x\r\nSet-Cookie: a=b' });
  for (const path of [`/api/tours/${id}`, `/api/tours/${id}/transcripts/en?format=txt%0d%0aSet-Cookie:a=b`]) {
    const { headers } = await box.call(path, { cookie: box.cookie });
    expect(headers.getSetCookie(), path).toEqual([]);
  }
  const split = await say(
    'GET /j/x%0d%0aSet-Cookie:%20a=b HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n',
  );
  expect(split).not.toMatch(/^set-cookie/im);
});

test('two ways to say where a request ends are one too many', async () => {
  const smuggled = await say(
    'POST /api/join HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\nGET /api/tours HTTP/1.1\r\nHost: localhost\r\n\r\n',
  );
  expect(smuggled).toMatch(/^HTTP\/1\.1 400 /);
  expect(smuggled.match(/HTTP\/1\.1/g)).toHaveLength(1);
});

test('headers without end are cut off', async () => {
  const answer = await say(
    `GET /healthz HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nX-Long: ${'x'.repeat(40_000)}\r\n\r\n`,
  );
  expect(answer).toMatch(/^HTTP\/1\.1 431 /);
});

test('who says a request letter by letter is cut off while others are served (slow loris)', async () => {
  const slow = Array.from({ length: 20 }, () =>
    connect({ host: '127.0.0.1', port: Number(new URL(box.url).port) }),
  );
  const letters = setInterval(() => {
    for (const socket of slow) if (socket.writable) socket.write('x');
  }, 500);
  try {
    const cutOff = slow.map((socket) => {
      socket.on('error', () => undefined).resume();
      socket.write('GET /healthz HTTP/1.1\r\nHost: localhost\r\nX-Slow: ');
      return once(socket, 'close');
    });
    expect((await box.call('/healthz')).status).toBe(200);
    await Promise.all(cutOff);
  } finally {
    clearInterval(letters);
  }
}, 60_000);

test('one phone cannot ask for sound over and over', async () => {
  const greedy = await box.join(tour.code, 'es');
  const offer = (token: string): Promise<Response> =>
    box.call(visitor.whep, {
      method: 'POST',
      token,
      body: 'v=0',
      headers: { 'content-type': 'application/sdp' },
    });
  for (let i = 0; i < 30; i++) expect((await offer(greedy.token)).status).toBe(400);
  const stopped = await offer(greedy.token);
  expect(Number(stopped.headers.get('retry-after'))).toBeGreaterThan(0);
  expect(await problemOf(stopped)).toEqual({ status: 429, code: 'too_many_attempts' });
  expect((await offer(visitor.token)).status, 'another phone of the same network').toBe(400);
});

test('a coach behind one address gets in, a flood of sockets does not', async () => {
  const opened: WebSocket[] = [];
  const open = async (from: string): Promise<number> => {
    const socket = new WebSocket(box.url.replace('http', 'ws') + visitor.events, { localAddress: from });
    opened.push(socket);
    socket.on('error', () => undefined);
    return new Promise((resolve) => {
      socket.once('open', () => resolve(101));
      socket.once('unexpected-response', (_, response) => resolve(response.statusCode ?? 0));
    });
  };
  try {
    const statuses = await Promise.all(Array.from({ length: 260 }, () => open('127.0.0.9')));
    expect(statuses.filter((status) => status === 101)).toHaveLength(240);
    expect(statuses.filter((status) => status === 429)).toHaveLength(20);
    expect(await open('127.0.0.1'), 'someone of another address').toBe(101);
  } finally {
    for (const socket of opened) socket.terminate();
  }
});

test('one address that joins without end is slowed down', async () => {
  const body = JSON.stringify({ code: tour.code, language: 'es' });
  const join = `POST /api/join HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: ${body.length}\r\n\r\n${body}`;
  const last = join.replace('Host: localhost', 'Host: localhost\r\nConnection: close');
  const answers = await say(join.repeat(300) + last, { from: '127.0.0.8' });
  expect(answers.match(/HTTP\/1\.1 201 /g)).toHaveLength(300);
  expect(answers.match(/HTTP\/1\.1 429 /g)).toHaveLength(1);
});

test('who hangs up before the answer is taken is nobody’s error', async () => {
  const complaints = vi.spyOn(console, 'error').mockImplementation(() => undefined);
  try {
    for (let i = 0; i < 20; i++) {
      const socket = connect({ host: '127.0.0.1', port: Number(new URL(box.url).port) });
      socket.on('error', () => undefined);
      socket.write('GET /metrics HTTP/1.1\r\nHost: localhost\r\nAccept-Encoding: gzip\r\n\r\n');
      await once(socket, 'connect');
      if (i % 2 === 0) socket.resetAndDestroy();
      else setTimeout(() => socket.resetAndDestroy(), i);
      await once(socket, 'close');
    }
    for (let i = 0; i < 5; i++) expect((await box.call('/metrics')).status).toBe(200);
    expect(complaints).not.toHaveBeenCalled();
  } finally {
    complaints.mockRestore();
  }
});

test('a page may connect to the box it came from, and to nothing else', async () => {
  const policy = (await box.call('/')).headers.get('content-security-policy') ?? '';
  const allowed = policy.split('; ').find((line) => line.startsWith('connect-src'));
  expect(allowed).toBe(`connect-src 'self' ws://${new URL(box.url).host}`);
});
