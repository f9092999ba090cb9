import { readFile } from 'node:fs/promises';
import { expect, it, test } from 'vitest';
import { CAPACITY, type InUse, narrowest } from '../../appliance/health/narrowest.ts';

/** A box at rest: little of anything is in use. */
const AT_REST: InUse = {
  thread: 0.02,
  listeners: 3,
  mostListeners: 350,
  packetsPerSecond: 50,
  wifi: { network: 'own', ssid: 'Ubizo' },
  phones: 1,
  uplink: { via: 'cable' },
  modelSessions: 0,
  board: { temperatureC: 42, power: 'good', storage: { freeBytes: 20e9, totalBytes: 32e9 } },
  spent: 0.01,
};

const CASES: [what: string, change: Partial<InUse>, of: string, used: number][] = [
  ['a thread that is at work all the time', { thread: 0.97 }, 'processor', 0.97],
  ['as many listeners as may be', { listeners: 350 }, 'listeners', 1],
  ['packets that fill the air of its own radio', { packetsPerSecond: 900 }, 'air', 0.9],
  ['more phones than its own radio carries', { phones: 12 }, 'access-point', 1.2],
  [
    'languages that a mobile uplink does not carry',
    { uplink: { via: 'mobile', online: true }, modelSessions: 8 },
    'uplink',
    0.8,
  ],
  [
    'a service that is not reached',
    { uplink: { via: 'wifi', online: false }, modelSessions: 1 },
    'uplink',
    1,
  ],
  ['no way out at all', { uplink: { via: 'none', online: false }, modelSessions: 2 }, 'uplink', 1],
  ['heat', { board: { temperatureC: 70 } }, 'heat', 0.75],
  ['a board that slows itself down', { board: { power: 'hot' } }, 'heat', 1],
  ['a full disk', { board: { storage: { freeBytes: 8e8, totalBytes: 32e9 } } }, 'storage', 1.25],
  ['a budget that is nearly spent', { spent: 0.85 }, 'money', 0.85],
];

it.for(CASES)('is narrowed by %s', ([, change, of, used]) => {
  expect(narrowest({ ...AT_REST, ...change })).toEqual({ of, used });
});

test('says what is next also where nothing is narrow, and does without what a machine does not tell', () => {
  const { of, used } = narrowest({
    listeners: 0,
    mostListeners: 350,
    packetsPerSecond: 0,
    uplink: { via: 'none' },
    modelSessions: 0,
    board: {},
  });
  expect([of, used]).toEqual(['listeners', 0]);
});

test('the radio and the uplink of others are not counted as its own', () => {
  const busy = { packetsPerSecond: 5_000, phones: 300, uplink: { via: 'none', online: false } } as const;
  for (const wifi of [undefined, { network: 'tour', ssid: 'Museum' }, { network: 'own' }] as const)
    expect(narrowest({ ...AT_REST, ...busy, wifi }).used).toBeLessThan(0.1);
});

test('plans with the figures of docs/capacity.md', async () => {
  const text = await readFile(new URL('../../docs/capacity.md', import.meta.url), 'utf8');
  const { ownRadioPackets, ownRadioPhones, sessionMbps, uplinkMbps } = CAPACITY;
  expect(text).toContain(`carries 7 to ${ownRadioPhones} phones`);
  expect(text).toContain(`${ownRadioPackets.toLocaleString('en')} packets a second`);
  expect(text).toContain(`${sessionMbps} Mbit/s up`);
  for (const [via, mbps] of Object.entries(uplinkMbps))
    if (via !== 'none') expect(text).toMatch(new RegExp(`\\| ${via} +\\| ${mbps} `));
});
