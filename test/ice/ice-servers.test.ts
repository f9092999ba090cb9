import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { Breakers } from '../../appliance/breaker/breakers.ts';
import { timeLimited } from '../../appliance/ice/credentials.ts';
import { IceServers } from '../../appliance/ice/ice-servers.ts';
import { ownRelay } from '../../appliance/ice/own-relay.ts';
import { probe } from '../../appliance/ice/probe.ts';
import { createLog, silentLog } from '../../appliance/log.ts';
import { iceUrl, type IceServerSetting } from '../../appliance/settings/ice-servers.ts';
import { Coturn, SECRET } from './coturn.ts';

let coturn: Coturn;
let folder: string;
let breakers: Breakers;
let servers: IceServers | undefined;

beforeAll(async () => {
  coturn = await Coturn.start();
});

afterAll(() => coturn.stop());

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'ubizo-ice-'));
  breakers = new Breakers();
});

afterEach(async () => {
  servers?.stop();
  await rm(folder, { recursive: true });
});

const stun = (): string => `stun:127.0.0.1:${coturn.port}`;
const turn = (transport: string): string => `turn:127.0.0.1:${coturn.port}?transport=${transport}`;

function watching(
  configured: readonly IceServerSetting[],
  { everyMs = 3_600_000, patienceMs = 10_000, log = silentLog() } = {},
) {
  servers = new IceServers({
    configured: configured.map((setting, at) => ({ name: `ice ${at + 1}`, setting })),
    own: () => ownRelay(folder),
    probe,
    breakers,
    everyMs,
    patienceMs,
    log,
  });
  return servers;
}

const urlsOf = (some: IceServers): string[] => some.offer().map(({ urls }) => urls);

describe('ICE servers', () => {
  it('are offered in order once they have done for the box what they are to do for phones', async () => {
    const some = watching([
      { url: turn('tcp'), secret: SECRET },
      { url: stun() },
      { url: turn('udp'), secret: SECRET },
    ]);
    expect(some.offer(), 'before anybody was asked').toEqual([]);
    await some.round();
    expect(urlsOf(some)).toEqual([turn('tcp'), stun(), turn('udp')]);
    expect(some.all.every(({ responseMs = -1, errorRate }) => responseMs > 0 && errorRate === 0)).toBe(true);
  });

  it('are not named in the log, nor what they are shown, when they do not do their part', async () => {
    const lines: string[] = [];
    const log = createLog({ level: 'trace', out: { write: (line) => lines.push(line) } });
    const nowhere = `${'a'.repeat(64)}.example`;
    const some = watching(
      [
        { url: 'turn:127.0.0.1:1?transport=tcp', username: 'who-asks', credential: 'hidden-word' },
        { url: `turns:${nowhere}:5349`, username: 'who-asks', credential: 'hidden-word' },
        { url: turn('udp'), secret: 'another-secret-than-that' },
      ],
      { log },
    );
    await some.round();
    expect(lines).toHaveLength(3);
    expect(lines.join('')).not.toMatch(/127\.0\.0\.1|example|who-asks|hidden-word|another-secret/);
    expect(lines.map((line) => (JSON.parse(line) as { reason: string }).reason)).toEqual(
      expect.arrayContaining([
        'ECONNREFUSED',
        expect.stringMatching(/^E[A-Z_]+$/),
        'the server refuses (401)',
      ]),
    );
  });

  it('are not offered when they refuse what the box is set to show them', async () => {
    const some = watching([
      { url: turn('udp'), username: 'box', credential: 'wrong' },
      { url: turn('tcp'), secret: 'another-secret-than-that' },
      { url: stun() },
    ]);
    await some.round();
    expect(urlsOf(some)).toEqual([stun()]);
    expect(some.all.map(({ errorRate }) => errorRate)).toEqual([1, 1, 0]);
    expect([...breakers.states.values()]).toEqual(['open', 'open', 'closed']);
  });

  it('come with credentials of each phone’s own, which the server takes until they end', async () => {
    const some = watching([{ url: turn('udp'), secret: SECRET }]);
    await some.round();
    const [first] = some.offer();
    const [second] = some.offer();
    expect(first?.username).not.toBe(second?.username);
    const url = iceUrl(turn('udp'));
    if (!url || !first?.username || !first.credential) throw new Error('nothing is offered');
    const signal = AbortSignal.timeout(10_000);
    await probe(url, { username: first.username, credential: first.credential }, signal);
    const ended = timeLimited(SECRET, Date.now() - 60_000);
    await expect(probe(url, ended, signal)).rejects.toThrow(/refuses \(401\)/);
  });

  it('that die are out with the next round, and back when they are back', async () => {
    const dying = await Coturn.start();
    const url = `stun:127.0.0.1:${dying.port}`;
    const some = watching([{ url }, { url: stun() }], { everyMs: 200, patienceMs: 5_000 });
    try {
      some.start();
      await vi.waitFor(() => expect(urlsOf(some)).toEqual([url, stun()]), 20_000);
      await dying.kill();
      await vi.waitFor(() => expect(urlsOf(some)).toEqual([stun()]), 20_000);
      expect(breakers.states.get('ice 1')).not.toBe('closed');
      await dying.resume();
      await vi.waitFor(() => expect(urlsOf(some)).toEqual([url, stun()]), 20_000);
    } finally {
      some.stop();
      await dying.stop();
    }
  });

  it('begin with the box’s own while that runs', async () => {
    const some = watching([{ url: stun() }]);
    await writeFile(join(folder, 'offer'), `address=127.0.0.1\nport=${coturn.port}\nsecret=${SECRET}\n`);
    await some.round();
    expect(urlsOf(some)).toEqual([turn('tcp'), turn('udp'), stun()]);
    await rm(join(folder, 'offer'));
    await some.round();
    expect(urlsOf(some)).toEqual([stun()]);
    expect([...breakers.states.keys()]).toEqual(['ice 1']);
  });

  it('that say nothing are given up after their time', async () => {
    // Nobody is asked at an address that is for documentation (RFC 5737).
    const some = watching([{ url: 'stun:192.0.2.1' }], { patienceMs: 50 });
    await some.round();
    expect(some.offer()).toEqual([]);
  });
});
