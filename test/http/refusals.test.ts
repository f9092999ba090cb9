import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import Koa from 'koa';
import { pino } from 'pino';
import { afterEach, expect, test } from 'vitest';
import { answerFailure } from '../../appliance/http/failures.ts';
import { Refusals } from '../../appliance/http/refusals.ts';
import { UbizoError } from '../../appliance/protocol/errors.ts';
import { PhoneClient } from '../peer/phone-client.ts';
import { problemOf, TestBox } from './test-box.ts';

const undo: (() => Promise<void>)[] = [];

afterEach(async () => {
  for (const each of undo.splice(0).toReversed()) await each();
});

function journal() {
  const lines: Record<string, unknown>[] = [];
  const log = pino(
    { level: 'info', base: null },
    { write: (line: string) => void lines.push(JSON.parse(line) as Record<string, unknown>) },
  );
  return { log, lines };
}

test('phones too many are counted, and told in one line without a stack', async () => {
  const { log, lines } = journal();
  const box = await TestBox.start({ UBIZO_MAX_LISTENERS: '1' }, log);
  undo.push(() => box.stop());
  const tour = await box.createTour();
  const phone = new PhoneClient({ direction: 'recvonly' });
  undo.push(() => phone.close());
  const body = await phone.offer();
  const listen = async (): Promise<Response> => {
    const { whep, token } = await box.join(tour.code, 'floor');
    return box.call(whep, { method: 'POST', token, headers: { 'content-type': 'application/sdp' }, body });
  };
  expect((await listen()).status).toBe(201);
  for (let i = 0; i < 3; i++)
    expect(await problemOf(await listen())).toEqual({ status: 503, code: 'listeners_full' });
  const refused = lines.filter(({ msg }) => msg === 'requests refused');
  expect(refused).toEqual([expect.objectContaining({ level: 40, code: 'listeners_full', times: 1 })]);
  expect(JSON.stringify(lines)).not.toContain('"stack"');
  const metrics = await (await box.call('/metrics')).text();
  expect(metrics).toContain('ubizo_refusals_total{code="listeners_full"} 3');
});

test('of every refusal that the box means there is a line a minute at most, with how many it were', () => {
  const { log, lines } = journal();
  let now = 0;
  const refusals = new Refusals({ log, now: () => now });
  const refuse = (code: 'box_busy' | 'storage_failed' | 'tour_not_found', status: number, cause?: Error) =>
    refusals.add({ error: new UbizoError(code, 'No.', { cause }), status, method: 'POST', path: '/' });
  const full = Object.assign(new Error('no space on /secret'), { code: 'ENOSPC' });
  for (let i = 0; i < 5; i++) refuse('box_busy', 503);
  refuse('storage_failed', 503, full);
  refuse('tour_not_found', 404);
  now = 59_999;
  refuse('box_busy', 503);
  expect(lines.map(({ code, times, cause }) => [code, times, cause])).toEqual([
    ['box_busy', 1, undefined],
    ['storage_failed', 1, 'ENOSPC'],
  ]);
  now = 60_000;
  refuse('box_busy', 503);
  expect(lines.slice(2)).toEqual([expect.objectContaining({ code: 'box_busy', times: 6 })]);
  expect(Object.fromEntries(refusals.counts)).toEqual({ box_busy: 7, storage_failed: 1, tour_not_found: 1 });
});

test('an events socket that is refused is counted too, and its token is not told', async () => {
  const { log, lines } = journal();
  const box = await TestBox.start({}, log);
  undo.push(() => box.stop());
  const tour = await box.createTour();
  const page = box.attendeePage({
    ...(await box.join(tour.code, 'es')),
    events: `/api/tours/${tour.id}/events?token=nothing-of-worth`,
  });
  await page.closed();
  const metrics = await (await box.call('/metrics')).text();
  expect(metrics).toContain('ubizo_refusals_total{code="token_invalid"} 1');
  expect(JSON.stringify(lines)).not.toContain('nothing-of-worth');
});

test('what nobody meant is an error, with where it happened, each time', () => {
  const { log, lines } = journal();
  const refusals = new Refusals({ log });
  for (let i = 0; i < 2; i++)
    refusals.add({ error: new TypeError('x is undefined'), status: 500, method: 'GET', path: '/api/box' });
  expect(lines).toHaveLength(2);
  expect(lines[0]).toMatchObject({
    level: 50,
    path: '/api/box',
    err: { stack: expect.stringContaining('refusals') },
  });
});

test('where it happened is told by the route, because an address may hold a tour’s code', async () => {
  const { log, lines } = journal();
  const refusals = new Refusals({ log });
  const koa = new Koa();
  koa.use((context) => {
    context.state['route'] = '/api/tours/by-code/:code';
    answerFailure(context, new TypeError('x is undefined'), refusals);
  });
  const server = koa.listen(0, '127.0.0.1');
  undo.push(() => new Promise((resolve) => server.close(() => resolve())));
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  expect((await fetch(`http://127.0.0.1:${port}/api/tours/by-code/K7QP2M`)).status).toBe(500);
  expect(lines).toMatchObject([{ path: '/api/tours/by-code/:code' }]);
  expect(JSON.stringify(lines)).not.toContain('K7QP2M');
});
