import { createSocket, Socket } from 'node:dgram';
import { once } from 'node:events';
import { afterEach, expect, test, vi } from 'vitest';
import { newSource } from '../../appliance/peer/rtp-stream.ts';
import { parseIceFragment } from '../../appliance/peer/ice-fragment.ts';
import { PhoneClient } from './phone-client.ts';
import { TestPeer } from './test-peer.ts';

const closing: { close(): Promise<void> | void }[] = [];

afterEach(async () => {
  for (const each of closing.splice(0)) await each.close();
});

async function newBox(): Promise<TestPeer> {
  const box = await TestPeer.create();
  closing.push(box);
  return box;
}

function newPhone(payloadType?: number): PhoneClient {
  const phone = new PhoneClient({ direction: 'recvonly', ...(payloadType && { payloadType }) });
  closing.push(phone);
  return phone;
}

test('the answer is complete at once, names only the given addresses, and asks nobody outside', async () => {
  const send = vi.spyOn(Socket.prototype, 'send');
  try {
    const offer = await newPhone().offer();
    const box = await newBox();
    const asked = send.mock.calls.length;
    const answer = box.answer(offer);
    expect(send.mock.calls.slice(asked)).toEqual([]);
    const lines = answer.split('\r\n');
    const candidates = lines.filter((line) => line.startsWith('a=candidate:'));
    expect(candidates).toHaveLength(1);
    expect(candidates[0]).toContain(` 127.0.0.1 ${box.socket.address.port} typ host`);
    for (const line of ['a=ice-lite', 'a=setup:passive', 'a=sendonly', 'a=end-of-candidates', 'a=rtcp-mux'])
      expect(lines).toContain(line);
    expect(answer, 'nothing is sent that costs airtime and nobody needs').not.toContain('a=extmap');
  } finally {
    send.mockRestore();
  }
});

test('a phone hears what is sent, under the payload type that it asked for', async () => {
  const box = await newBox();
  const phone = newPhone(109);
  await box.connect(phone);
  expect(box.states).toEqual(['connected']);
  for (let i = 0; i < 5; i++) box.send(Buffer.from([0xf8, i]));
  await phone.received(5);
  expect(phone.packets.map(({ payload }) => [...payload])).toEqual([0, 1, 2, 3, 4].map((i) => [0xf8, i]));
  expect(new Set(phone.packets.map(({ payloadType }) => payloadType))).toEqual(new Set([109]));
});

test('numbers and times run on when they wrap', async () => {
  const box = await newBox();
  const phone = newPhone();
  await box.connect(phone, {
    firstSequenceNumber: 65_533,
    source: { ...newSource(), timestampOffset: 2 ** 32 - 3 * 960 },
  });
  for (let i = 0; i < 6; i++) box.send(Buffer.from([0xf8, i]));
  await phone.received(6);
  expect(phone.packets.map(({ sequenceNumber }) => sequenceNumber)).toEqual([
    65_533, 65_534, 65_535, 0, 1, 2,
  ]);
  expect(phone.packets.map(({ timestamp }) => timestamp)).toEqual([
    2 ** 32 - 1920,
    2 ** 32 - 960,
    0,
    960,
    1920,
    2880,
  ]);
  expect(phone.packets.map(({ payload }) => payload[1])).toEqual([0, 1, 2, 3, 4, 5]);
});

test('what is sent stays as it was: it belongs to everyone who listens', async () => {
  const box = await newBox();
  const phone = newPhone();
  await box.connect(phone);
  const payload = Buffer.from([0xf8, 1, 2, 3]);
  box.send(payload);
  await phone.received(1);
  expect([...payload]).toEqual([0xf8, 1, 2, 3]);
});

test('the phone’s reports tell what it missed and how far away it is', async () => {
  const box = await newBox();
  const phone = newPhone();
  await box.connect(phone);
  const sending = setInterval(() => {
    box.send();
    box.peer.report(0);
  }, 20);
  closing.push({ close: () => clearInterval(sending) });
  await box.until(() => box.reports.some(({ roundTripMs }) => roundTripMs !== undefined));
  const report = box.reports.find(({ roundTripMs }) => roundTripMs !== undefined);
  expect(report?.fractionLost).toBe(0);
  expect(report?.roundTripMs).toBeLessThan(2_000);
});

test('a phone that falls silent is counted out, and one that speaks again is back', async () => {
  const box = await newBox();
  const phone = newPhone();
  await box.connect(phone);
  const { peer } = box;
  expect(peer.watch(peer.lastHeardAt + 9_000)).toBe(true);
  expect(peer.state).toBe('connected');
  expect(peer.watch(peer.lastHeardAt + 11_000)).toBe(true);
  expect(peer.state).toBe('disconnected');
  // Its next check of the path comes within seconds.
  await box.until(() => peer.state === 'connected');
  expect(peer.watch(peer.lastHeardAt + 31_000)).toBe(false);
  expect(box.states).toEqual(['connected', 'disconnected', 'connected', 'closed']);
});

const RESTART = { userFragment: 'wxyz', password: '0123456789012345678901', candidates: [] };

test('an ICE restart is answered with new credentials and where to find the box, and hangs nobody up', async () => {
  const box = await newBox();
  const phone = newPhone();
  const first = await box.connect(phone);
  const fragment = box.peer.apply(RESTART, '*')?.text;
  expect(fragment?.split('\r\n')).toEqual(expect.arrayContaining(['a=ice-lite', 'a=end-of-candidates']));
  const restarted = parseIceFragment(fragment ?? '');
  const before = parseIceFragment(first);
  expect(restarted.userFragment).not.toBe(before.userFragment);
  expect(restarted.password).not.toBe(before.password);
  expect(restarted.candidates.join()).toContain('127.0.0.1');
  box.send();
  await phone.received(1);
  expect(box.states).toEqual(['connected']);
});

test('half a restart is refused and changes nothing; candidates need no answer', async () => {
  const box = await newBox();
  const phone = newPhone();
  await box.connect(phone);
  expect(() => box.peer.apply({ userFragment: 'other', candidates: [] }, '*')).toThrow(
    expect.objectContaining({ code: 'bad_sdp' }),
  );
  expect(box.peer.apply({ candidates: [phone.localCandidate] }, '*')).toBeUndefined();
  box.send();
  await phone.received(1);
});

test('of two restarts of one ICE session only the first is made', async () => {
  const box = await newBox();
  await box.connect(newPhone());
  const first = box.peer.apply(RESTART, '*')?.session ?? '';
  const second = box.peer.apply({ ...RESTART, userFragment: 'abcd' }, ['other', first])?.session ?? '';
  expect(second).not.toBe(first);
  const late = { ...RESTART, userFragment: 'efgh' };
  expect(() => box.peer.apply(late, [first])).toThrow(
    expect.objectContaining({ code: 'precondition_failed' }),
  );
  expect(() => box.peer.apply(late, [])).toThrow(expect.objectContaining({ code: 'precondition_failed' }));
  expect(box.peer.apply(late, [second])?.session).not.toBe(second);
});

test('a closed peer stays closed, says so once, and sends nothing', async () => {
  const box = await newBox();
  const phone = newPhone();
  await box.connect(phone);
  box.peer.close();
  box.send();
  box.peer.close();
  expect(box.states).toEqual(['connected', 'closed']);
  expect(phone.packets).toEqual([]);
});

test('who cannot prove the offer’s certificate is not connected', async () => {
  const box = await newBox();
  const phone = newPhone();
  const offer = (await phone.offer()).replace(
    /a=fingerprint:sha-256 ..:/,
    (line) => `${line.slice(0, -3)}${line.endsWith('00:') ? '01' : '00'}:`,
  );
  await phone.accept(box.answer(offer));
  await box.until(() => box.peer.state === 'closed');
  expect(box.states).toEqual(['closed']);
});

test('a media socket belongs to the given address', async () => {
  const box = await newBox();
  const squatter = createSocket('udp4');
  const outcome = await Promise.race([
    once(squatter, 'error').then(([error]) => (error as NodeJS.ErrnoException).code),
    new Promise((resolve) => squatter.bind(box.socket.address.port, '127.0.0.1', () => resolve('bound'))),
  ]);
  expect(outcome).toBe('EADDRINUSE');
});
