import { expect, fixture, html } from '@open-wc/testing';
import '../../../../ui/visitor/check/check-door.ts';
import type { CheckDoor } from '../../../../ui/visitor/check/check-door.ts';
import type { PhoneParts } from '../../../../ui/visitor/check/look-at-phone.ts';
import { WhepConnection } from '../../../../ui/link/whep-connection.ts';
import { expectAccessible } from '../../accessible.ts';
import { FakeHttp, json, refuse } from '../../fake-box/fake-http.ts';
import { FakeSockets } from '../../fake-box/fake-sockets.ts';
import { FakeWhep } from '../../fake-box/fake-whep.ts';
import { waitUntil } from '../../patience.ts';
import { deep, text } from '../../shadow.ts';

const SEEN = 'GET /api/visits/t1/connection';

describe('the check of a phone', () => {
  let http: FakeHttp;
  let sockets: FakeSockets;
  let whep: FakeWhep;
  let connection: WhepConnection | undefined;
  let door: CheckDoor;

  beforeEach(async () => {
    http = new FakeHttp();
    sockets = new FakeSockets();
    whep = new FakeWhep();
    http.on('POST /whep', (call) => whep.answer(call));
    http.on('DELETE /whep/session-1', () => new Response(null, { status: 200 }));
    sees({ soundingMs: 5_000 });
    door = await fixture<CheckDoor>(html`<ubizo-check-door></ubizo-check-door>`);
  });

  afterEach(() => {
    connection?.close();
    connection = undefined;
    whep.close();
    sockets.restore();
    http.restore();
  });

  function sees({ soundingMs, now = Date.now() }: { soundingMs: number; now?: number }): void {
    const seat = { state: 'connected', checks: 3, packets: 90, silentMs: 100, soundingMs };
    http.on(SEEN, () => json({ now, seat }));
  }

  const parts = (change: Partial<PhoneParts> = {}): PhoneParts => ({
    tour: 't1',
    token: () => Promise.resolve('tok'),
    endpoint: () => Promise.resolve({ url: '/whep', token: 'tok' }),
    word: () => Promise.resolve(),
    peer: connection?.peer,
    wanted: true,
    held: false,
    otherWay: false,
    ...change,
  });

  async function connect(): Promise<void> {
    const stands = new Promise<void>((resolve) => {
      connection = new WhepConnection({ onConnected: resolve, onFailed: () => undefined });
    });
    await connection?.open({
      endpoint: parts().endpoint(),
      onOffered: () => undefined,
      signal: AbortSignal.timeout(10_000),
    });
    await stands;
  }

  /** Taps. @returns the codes that were found, in their order. */
  async function check(change: Partial<PhoneParts> = {}): Promise<string> {
    door.parts = () => parts(change);
    deep<HTMLButtonElement>(door, 'button')!.click();
    await waitUntil(() => deep(door, 'li[data-code]'), 'a first finding', { timeout: 5_000 });
    await waitUntil(() => text(door, '.code').includes('code:'), 'an end', { timeout: 12_000 });
    const list = deep(door, 'ubizo-sheet')!.querySelectorAll('li');
    return [...list].map(({ dataset }) => dataset['code']).join(' ');
  }

  it('finds nothing wrong with one that hears, and says so accessibly', async () => {
    await connect();
    expect(await check()).to.equal('B0 E0 U0 S0 P0 A0 C0 M9');
    expect(text(door, '.code b')).to.equal('OK');
    await expectAccessible(door);
  });

  it('tells silence from a loss', async () => {
    await connect();
    await whep.quiet();
    expect(await check()).to.contain(' P2 ');
    expect(text(door, '.code b')).to.equal('P2');
    sees({ soundingMs: 0 });
    deep<HTMLButtonElement>(door, 'ubizo-sheet button:not(.plain)')!.click();
    await waitUntil(() => text(door, '.code b') === 'OK', 'another check', { timeout: 12_000 });
    expect(text(door, 'li[data-code=P1]')).to.contain('The guide is silent');
  });

  it('says what the network blocks, what the phone holds back and how wrong its clock is', async () => {
    sockets.reachable = false;
    sees({ soundingMs: 1_000, now: Date.now() - 3_600_000 });
    expect(await check({ held: true })).to.equal('B0 E0 U1 S1 P9 A1 C1 M9');
    expect(text(door, '.code b')).to.equal('U1 S1 A1 C1');
    expect(text(door, 'li[data-code=A1]')).to.contain('tap Play');
  });

  it('makes a connection of its own where there is none, and lets go of it', async () => {
    expect(await check({ wanted: false })).to.equal('B0 E0 U0 S0 P9 A2 C0 M9');
    // Whose socket is no listener either.
    expect(new URL(sockets.last.url).searchParams.has('trial')).to.equal(true);
    await waitUntil(() => http.asked('DELETE /whep/session-1').length === 1, 'its end');
  });

  it('leaves alone the other way by which a phone hears', async () => {
    expect(await check({ otherWay: true })).to.equal('B0 E0 U1 S0 P0 A0 C0 M9');
    expect(sockets.opened).to.deep.equal([]);
  });

  it('is over in ten seconds where nothing answers, and does not guess', async () => {
    http.off(SEEN);
    const began = performance.now();
    expect(await check({ word: () => new Promise(() => undefined) })).to.equal('B1 E1 U9 S9 P9 A0 C9 M9');
    expect(performance.now() - began).to.be.lessThan(10_000);
  });

  it('knows a visitor whom the box has forgotten', async () => {
    http.on(SEEN, () => refuse('token_invalid', 401));
    expect(await check()).to.contain('B2 ');
  });
});
