import { afterEach, expect, test } from 'vitest';
import { silentLog } from '../../appliance/log.ts';
import { Announcement, type AnnouncementOptions } from '../../appliance/network/announcement/announcement.ts';
import { Neighbour, type SeenRecord } from './neighbour.ts';

const stops: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const stop of stops.splice(0)) await stop();
});

function announce(options: Partial<AnnouncementOptions> & { addresses: () => string[] }): Announcement {
  const announcement = new Announcement({
    name: 'ubizo-t3st',
    own: options.addresses,
    offers: () => [{ type: 'http', port: 80, txt: { path: '/' } }],
    log: silentLog(),
    lookMs: 50,
    ...options,
  });
  announcement.start();
  stops.push(() => announcement.stop());
  return announcement;
}

function neighbour(address = '127.0.7.9'): Neighbour {
  const made = new Neighbour(address);
  stops.push(() => made.stop());
  return made;
}

const text = ({ type, data }: SeenRecord): string =>
  type === 'TXT' ? (data as Buffer[]).map(String).join(' ') : '';

const HOST = { name: 'ubizo-t3st.local', type: 'A' };

test('a neighbour finds the box, at its address on that network and no other', async () => {
  const other = neighbour();
  announce({ addresses: () => ['127.0.7.1'] });
  const host = await other.hears(HOST, ({ name, type }) => name === HOST.name && type === 'A');
  expect(host.record.data).toBe('127.0.7.1');
  const service = await other.hears(
    { name: '_http._tcp.local', type: 'PTR' },
    ({ type, data }) => type === 'PTR' && data === 'ubizo-t3st._http._tcp.local',
  );
  expect(service.record.ttl).toBeGreaterThan(0);
  const srv = await other.sees(({ type, name }) => type === 'SRV' && name === 'ubizo-t3st._http._tcp.local');
  expect(srv.data).toMatchObject({ port: 80, target: 'ubizo-t3st.local' });
  const addresses = other.seen.filter(
    ({ record }) => record.name === HOST.name && ['A', 'AAAA'].includes(record.type),
  );
  expect(new Set(addresses.map(({ record }) => record.data))).toEqual(new Set(['127.0.7.1']));
});

test('news of a tour reach who listens', async () => {
  let live = 'no';
  const other = neighbour();
  announce({
    addresses: () => ['127.0.7.1'],
    offers: () => [{ type: 'ubizo', port: 80, txt: { version: '1.2.3', id: 'abcd', live } }],
  });
  await other.sees((record) => text(record) === 'version=1.2.3 id=abcd live=no');
  live = 'yes';
  await other.sees((record) => text(record) === 'version=1.2.3 id=abcd live=yes');
});

test('it says goodbye when it stops', async () => {
  const other = neighbour();
  const announcement = announce({ addresses: () => ['127.0.7.1'] });
  await other.hears(HOST, ({ name, ttl }) => name === HOST.name && ttl > 0);
  await announcement.stop();
  await other.sees(({ name, type, ttl }) => name === HOST.name && type === 'A' && ttl === 0);
  await other.sees(
    ({ type, data, ttl }) => type === 'PTR' && data === 'ubizo-t3st._http._tcp.local' && ttl === 0,
  );
});

test('a name that somebody has is left to them', async () => {
  const other = neighbour();
  const first = announce({ addresses: () => ['127.0.7.1'] });
  await other.hears(HOST, ({ name }) => name === HOST.name);
  const second = announce({ addresses: () => ['127.0.7.2'] });
  const renamed = await other.hears(
    { name: 'ubizo-t3st-2.local', type: 'A' },
    ({ name, type }) => name === 'ubizo-t3st-2.local' && type === 'A',
  );
  expect(renamed.record.data).toBe('127.0.7.2');
  expect([first.name, second.name]).toEqual(['ubizo-t3st', 'ubizo-t3st-2']);
});

test('of two that met with the same name, one keeps it', async () => {
  let together = false;
  const joined = (address: string) => () => (together ? [address] : []);
  const other = neighbour();
  const boxes = [announce({ addresses: joined('127.0.7.1') }), announce({ addresses: joined('127.0.7.2') })];
  together = true;
  await other.hears({ name: 'ubizo-t3st-2.local', type: 'A' }, ({ name }) => name === 'ubizo-t3st-2.local');
  expect(boxes.map(({ name }) => name).toSorted()).toEqual(['ubizo-t3st', 'ubizo-t3st-2']);
});

test('it follows the box to another address, and survives having none', async () => {
  let addresses = ['127.0.7.1'];
  const other = neighbour();
  const announcement = announce({ addresses: () => addresses, own: () => ['127.0.7.1', '127.0.7.2'] });
  await other.hears(HOST, ({ data }) => data === '127.0.7.1');
  addresses = [];
  await other.sees(({ name, type, ttl }) => name === HOST.name && type === 'A' && ttl === 0);
  addresses = ['127.0.7.2'];
  await other.hears(HOST, ({ data }) => data === '127.0.7.2');
  expect(announcement.name).toBe('ubizo-t3st');
});

test('an address that this machine does not have is no reason to fall over', async () => {
  let addresses = ['203.0.113.7'];
  const other = neighbour();
  announce({ addresses: () => addresses });
  addresses = ['127.0.7.1'];
  await other.hears(HOST, ({ data }) => data === '127.0.7.1');
});
