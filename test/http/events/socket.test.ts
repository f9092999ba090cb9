import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setImmediate as turn } from 'node:timers/promises';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { WebSocket, WebSocketServer } from 'ws';
import * as z from 'zod/mini';
import { Outbox } from '../../../appliance/http/events/outbox.ts';
import { EventsSocket } from '../../../appliance/http/events/socket.ts';

/** More than the kernel takes for a page that does not read. */
const MANY = 200;
const LONG = 'x'.repeat(100_000);

let server: Server;
let page: WebSocket;
let events: EventsSocket<z.ZodMiniType>;
let received: string[];
let gone: boolean;
let lookMs: number;

beforeEach(() => connect(60_000));

async function connect(every: number): Promise<void> {
  lookMs = every;
  const sockets = new WebSocketServer({ noServer: true });
  const outbox = new Outbox();
  const { promise, resolve } = Promise.withResolvers<void>();
  server = createServer();
  server.on('upgrade', (request, wire, head) => {
    sockets.handleUpgrade(request, wire, head, (socket) => {
      const mine = new EventsSocket({
        page: { socket, wire, outbox, address: '192.0.2.1' },
        messages: z.unknown(),
        lookMs,
        onMessage: () => undefined,
        onClose: () => {
          gone ||= mine === events;
        },
      });
      events = mine;
      events.start();
      resolve();
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  received = [];
  page = new WebSocket(`ws://127.0.0.1:${(server.address() as AddressInfo).port}`);
  page.on('message', (data: Buffer) => {
    received.push(data.toString());
    page.emit('told');
  });
  await Promise.all([once(page, 'open'), promise]);
  gone = false;
}

afterEach(hangUp);

function hangUp(): void {
  page.terminate();
  server.close();
}

async function told(text: string): Promise<void> {
  while (received.at(-1) !== text) await once(page, 'told');
}

test('events come whole and in order, and what makes its text late tells the latest', async () => {
  let now = 'early';
  events.post('1');
  events.post(() => now, 'snapshot');
  events.post('2');
  events.post('3');
  now = 'late';
  await told('3');
  expect(received).toEqual(['1', 'late', '2', '3']);
});

test('what is told anew takes the place of what waits, so that what was told after it still is', async () => {
  events.post('snapshot 1', 'snapshot');
  events.post('what goes with it');
  events.post('snapshot 2', 'snapshot');
  await told('what goes with it');
  expect(received).toEqual(['snapshot 2', 'what goes with it']);
});

test('who does not read for a while then reads the newest of everything, and nothing twice', async () => {
  page.pause();
  for (let i = 0; i < MANY; i++) {
    events.post(`${i} ${LONG}`, 'channel es');
    events.post(`${i}`, 'channel fr');
    await turn();
  }
  events.post('the end');
  page.resume();
  await told('the end');
  expect(received.length).toBeLessThan(MANY);
  expect(received.slice(-3)).toEqual([`${MANY - 1} ${LONG}`, `${MANY - 1}`, 'the end']);
  expect(new Set(received).size).toBe(received.length);
});

test('who never reads is let go, however much there is to tell', async () => {
  page.pause();
  for (let i = 0; i < 2_000; i++) {
    if (gone) break;
    events.post(`${i} ${LONG}`);
    await turn();
  }
  expect(gone).toBe(true);
});

test('whatever is due has its turn between the pages', async () => {
  const outbox = new Outbox();
  let sent = 0;
  const done = Promise.withResolvers<void>();
  for (let i = 0; i < 100; i++)
    outbox.request({
      flush: () => {
        for (const until = performance.now() + 0.5; performance.now() < until;);
        if (++sent === 100) done.resolve();
      },
    });
  await new Promise((resolve) => setTimeout(resolve, 1));
  expect(sent).toBeLessThan(100);
  await done.promise;
});

test('who floods the box with messages or pings is hung up on', async () => {
  const closed = once(page, 'close');
  for (let i = 0; i < 100; i++) page.ping();
  const [code] = (await closed) as [number];
  expect(code).toBe(1008);
});

test('a page that pings is answered', async () => {
  page.send(JSON.stringify({ type: 'ping' }));
  await told(JSON.stringify({ type: 'pong' }));
});

test('a page that shows no sign of life is hung up on, one that says nothing but is there is not', async () => {
  hangUp();
  await connect(200);
  // The browser answers pings by itself: only time can show that this is enough.
  await new Promise((resolve) => setTimeout(resolve, 1_000));
  expect(gone).toBe(false);
  page.pause();
  await vi.waitUntil(() => gone, 10_000);
});
