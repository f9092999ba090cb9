import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { afterEach, expect, test } from 'vitest';
import { silentLog } from '../../appliance/log.ts';
import { SettingsError } from '../../appliance/settings.ts';
import { Shards } from '../../appliance/shard/shards.ts';
import { problemOf, TestBox } from '../http/test-box.ts';
import { PhoneClient } from '../peer/phone-client.ts';

const undo: (() => Promise<void>)[] = [];

afterEach(async () => {
  for (const each of undo.splice(0).toReversed()) await each();
});

/** Six ports in a row of which the first is free: the rest may be taken by others on this machine. */
async function someRange(): Promise<[number, number]> {
  const socket = createSocket('udp4');
  socket.bind(0, '127.0.0.1');
  await once(socket, 'listening');
  const { port } = socket.address();
  socket.close();
  await once(socket, 'close');
  return port > 60_000 ? [port - 5, port] : [port, port + 5];
}

test('the box sends sound from the ports that its settings name, and from no other', async () => {
  const [first, last] = await someRange();
  const box = await TestBox.start({ UBIZO_MEDIA_PORTS: `${first}-${last}`, UBIZO_SHARDS: '2' });
  undo.push(() => box.stop());
  const tour = await box.createTour();
  const ports = new Set<number>();
  for (let i = 0; i < 4; i++) {
    const phone = new PhoneClient({ direction: 'recvonly' });
    undo.push(() => phone.close());
    const joined = await box.join(tour.code, 'floor');
    const response = await box.call(joined.whep, {
      method: 'POST',
      token: joined.token,
      headers: { 'content-type': 'application/sdp' },
      body: await phone.offer(),
    });
    const candidates = (await response.text()).match(/^a=candidate:.*$/gm) ?? [];
    expect(candidates.length).toBeGreaterThan(0);
    for (const candidate of candidates) ports.add(Number(candidate.split(' ')[5]));
  }
  expect(ports.size, 'one port for each of two shards').toBe(2);
  for (const port of ports) {
    expect(port).toBeGreaterThanOrEqual(first);
    expect(port).toBeLessThanOrEqual(last);
  }
});

test('with fewer ports than shards the box does not start', async () => {
  const settings = { UBIZO_MEDIA_PORTS: '41000-41000', UBIZO_SHARDS: '3' };
  await expect(TestBox.start(settings)).rejects.toThrow(
    /UBIZO_MEDIA_PORTS and UBIZO_SHARDS.*3 shards.*are 1/,
  );
  expect(() => new Shards({ log: silentLog(), count: 3, portRange: [41_000, 41_001] })).toThrow(RangeError);
});

test('a box that chooses its shards itself chooses no more than it has ports', async () => {
  const [first] = await someRange();
  const box = await TestBox.start({ UBIZO_MEDIA_PORTS: `${first}-${first}` });
  undo.push(() => box.stop());
  const tour = await box.createTour();
  for (let i = 0; i < 3; i++) {
    const phone = new PhoneClient({ direction: 'recvonly' });
    undo.push(() => phone.close());
    const { whep, token } = await box.join(tour.code, 'floor');
    const headers = { 'content-type': 'application/sdp' };
    const response = await box.call(whep, { method: 'POST', token, headers, body: await phone.offer() });
    const ports = [...(await response.text()).matchAll(/^a=candidate:\S+ 1 udp \d+ \S+ (\d+) /gm)];
    expect(ports.map(([, port]) => Number(port))).toEqual([first]);
  }
});

test('a range whose ports others have taken is never left', async () => {
  const taken = createSocket('udp4');
  taken.bind({ port: 0, address: '0.0.0.0', exclusive: true });
  await once(taken, 'listening');
  undo.push(() => new Promise<void>((resolve) => taken.close(() => resolve())));
  const { port } = taken.address();
  const box = await TestBox.start({ UBIZO_MEDIA_PORTS: `${port}-${port}`, UBIZO_SHARDS: '1' });
  undo.push(() => box.stop());
  const tour = await box.createTour();
  const phone = new PhoneClient({ direction: 'recvonly' });
  undo.push(() => phone.close());
  const { whep, token } = await box.join(tour.code, 'floor');
  const headers = { 'content-type': 'application/sdp' };
  const response = await box.call(whep, { method: 'POST', token, headers, body: await phone.offer() });
  expect(await problemOf(response)).toEqual({ status: 503, code: 'media_port_unavailable' });
});

test.each(['40000', '40100-40000', '80-90', 'any', '60000-70000'])(
  '“%s” is no range of ports',
  async (range) => {
    await expect(TestBox.start({ UBIZO_MEDIA_PORTS: range })).rejects.toThrow(SettingsError);
  },
);
