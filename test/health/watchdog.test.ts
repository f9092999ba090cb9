import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { Watchdog } from '../../appliance/health/watchdog.ts';
import { silentLog } from '../../appliance/log.ts';

/** systemd's end of the socket: prints what it is told, and lets the barrier's descriptor go. */
const SYSTEMD = `
use IO::Socket::UNIX; $| = 1;
my $socket = IO::Socket::UNIX->new(Type => SOCK_DGRAM, Local => $ARGV[0]) or die;
print "listening\\n";
while (defined $socket->recv(my $told, 4096)) { print join(" ", split(/\\n/, $told)), "\\n" }
`;

let folder: string;
let socket: string;
let systemd: ChildProcess;
let told: string[];
let box: Server;
let port: number;
let health: { status: number; parts: Record<string, { ok: boolean; lasting?: boolean; degraded?: boolean }> };
let watchdog: Watchdog | undefined;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'ubizo-watchdog-'));
  socket = join(folder, 'notify');
  told = [];
  systemd = spawn('perl', ['-e', SYSTEMD, socket], { stdio: ['ignore', 'pipe', 'inherit'] });
  createInterface({ input: systemd.stdout! }).on('line', (line) => told.push(line));
  await vi.waitFor(() => expect(told).toEqual(['listening']), 10_000);
  told.length = 0;
  health = { status: 200, parts: { storage: { ok: true } } };
  box = createServer((_request, response) => {
    response.writeHead(health.status).end(JSON.stringify({ ok: health.status === 200, parts: health.parts }));
  });
  await once(box.listen(0, '127.0.0.1'), 'listening');
  ({ port } = box.address() as AddressInfo);
});

afterEach(async () => {
  await watchdog?.stop();
  systemd.kill();
  box.close();
  await rm(folder, { recursive: true });
});

const start = (environment: Record<string, string>): void => {
  watchdog = new Watchdog({ environment, url: () => `http://127.0.0.1:${port}/healthz`, log: silentLog() });
  watchdog.start();
};
const watched = () => ({ NOTIFY_SOCKET: socket, WATCHDOG_USEC: '1000000' });
const complaints = () => told.filter((line) => line.includes('not well')).length;
const fed = () => told.filter((line) => line.includes('WATCHDOG=1')).length;

test('systemd learns that the box is ready, then again and again that it is well', async () => {
  start(watched());
  await vi.waitFor(() => expect(fed()).toBeGreaterThan(2), 15_000);
  expect(told[0]).toContain('READY=1');
  expect(told.filter((line) => line.includes('READY=1'))).toHaveLength(1);
});

test('a box that is not well is not said to be ready, until it is', async () => {
  health = { status: 503, parts: { storage: { ok: true }, shards: { ok: false } } };
  start(watched());
  await vi.waitFor(() => expect(told.join()).toContain('not well: shards'), 15_000);
  expect(told.join()).not.toContain('READY=1');
  health = { status: 200, parts: { storage: { ok: true } } };
  await vi.waitFor(() => expect(told.join()).toContain('READY=1'), 15_000);
});

test('a part that does less than it should, in a box that works, is no reason to start anew', async () => {
  health = { status: 200, parts: { interpreter: { ok: true, degraded: true } } };
  start(watched());
  await vi.waitFor(() => expect(fed()).toBeGreaterThan(2), 15_000);
  expect(complaints()).toBe(0);
});

test('while a part is not well the watchdog is not fed', async () => {
  start(watched());
  await vi.waitFor(() => expect(fed()).toBeGreaterThan(0), 15_000);
  health = { status: 503, parts: { tours: { ok: false } } };
  await vi.waitFor(() => expect(told.join()).toContain('not well: tours'), 15_000);
  const before = fed();
  await vi.waitFor(() => expect(complaints()).toBeGreaterThan(3), 15_000);
  expect(fed()).toBe(before);
});

test('a disk that is full does not cost the guide’s voice: a restart would not mend it', async () => {
  health = { status: 503, parts: { storage: { ok: false, lasting: true } } };
  start(watched());
  await vi.waitFor(() => expect(fed()).toBeGreaterThan(1), 15_000);
});

test('a box whose pages are not answered is not well', async () => {
  box.close();
  start(watched());
  await vi.waitFor(() => expect(told.join()).toContain('not well: ECONNREFUSED'), 15_000);
  expect(fed()).toBe(0);
});

test('without systemd nothing is asked and nothing is told', async () => {
  let asked = 0;
  box.on('request', () => (asked += 1));
  start({});
  await watchdog?.stop();
  expect(asked).toBe(0);
  expect(told).toEqual([]);
});
