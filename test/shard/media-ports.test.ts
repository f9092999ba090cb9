import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { afterEach, expect, test } from 'vitest';
import { SettingsError } from '../../appliance/settings.ts';
import { TestBox } from '../http/test-box.ts';
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

test.each(['40000', '40100-40000', '80-90', 'any', '60000-70000'])(
  '“%s” is no range of ports',
  async (range) => {
    await expect(TestBox.start({ UBIZO_MEDIA_PORTS: range })).rejects.toThrow(SettingsError);
  },
);
