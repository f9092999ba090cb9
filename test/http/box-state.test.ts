import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { boxStateView, checkUpsView } from '../../appliance/protocol/box-state.ts';
import { claim, cookiesOf } from './guests.ts';
import { OLD_TOWN, problemOf, TestBox } from './test-box.ts';

let folder: string;
let box: TestBox;
let servers: Server[];

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'ubizo-state-'));
  servers = [];
  await mkdir(join(folder, 'radio'));
  await mkdir(join(folder, 'errands'));
  box = await TestBox.start({
    UBIZO_RADIO: join(folder, 'radio'),
    UBIZO_ERRANDS: join(folder, 'errands'),
  });
});

afterEach(async () => {
  await box.stop();
  for (const server of servers) server.close();
  await rm(folder, { recursive: true, force: true });
});

/** In the part of a root script behind systemd's socket: takes a request whole, then answers. */
async function answering(path: string, answer: (request: string) => string): Promise<string[]> {
  const requests: string[] = [];
  const server = createServer({ allowHalfOpen: true }, (socket) => {
    let request = '';
    socket.setEncoding('utf8').on('data', (chunk) => (request += String(chunk)));
    socket.on('end', () => {
      requests.push(request);
      socket.end(answer(request));
    });
  });
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(join(folder, path), resolve));
  return requests;
}

const radioSays = (...lines: string[]): Promise<void> =>
  writeFile(join(folder, 'radio/state'), `${lines.join('\n')}\n`);
const OWN = ['network=own', 'phase=up', 'interface=wlan0', 'ssid=Ubizo K7QP', 'joinable=yes'];
const state = async () =>
  boxStateView.parse(await (await box.call('/api/box/state', { cookie: box.cookie })).json());
const wifi = (body: unknown): Promise<Response> =>
  box.call('/api/box/wifi', { method: 'POST', cookie: box.cookie, body });

const ask = (cookie: string, method = 'GET'): Promise<Response> =>
  box.call('/api/box/check-up', { method, cookie });

describe('the state of the box', () => {
  it('has the passphrase of its own Wi-Fi, for the guide to show, and of no other', async () => {
    await writeFile(join(folder, 'radio/passphrase'), 'walk-walk-walk\n');
    await radioSays(...OWN);
    expect((await state()).wifi).toMatchObject({ ssid: 'Ubizo K7QP', passphrase: 'walk-walk-walk' });
    await radioSays('network=tour', 'phase=up', 'interface=wlan0', 'ssid=Museum');
    expect((await state()).wifi).not.toHaveProperty('passphrase');
  });

  it('is told on a machine whose network is none of its business', async () => {
    const seen = await state();
    expect(seen.version).toMatch(/^\d+\.\d+\.\d+$/);
    expect(seen.guideUrl).toMatch(/^http:\/\/[\w-]+\.local(:\d+)?\/guide$/);
    expect(seen).not.toHaveProperty('wifi');
    expect(seen).not.toHaveProperty('phones');
    expect(seen.board.storage?.freeBytes).toBeGreaterThan(0);
    // Nobody needs a server here.
    expect(seen.uplink).not.toHaveProperty('online');
  });

  it('tells of its own Wi-Fi and who is on it', async () => {
    await radioSays(...OWN, 'problem=not_joined');
    const until = Math.floor(Date.now() / 1_000) + 600;
    await writeFile(
      join(folder, 'radio/leases'),
      `${until} 02:00:00:00:00:01 10.77.0.10 * *\n${until} 02:00:00:00:00:02 10.77.0.11 * *\n`,
    );
    await expect.poll(async () => (await state()).phones).toBe(2);
    expect((await state()).wifi).toEqual({
      network: 'own',
      phase: 'up',
      ssid: 'Ubizo K7QP',
      problem: 'not_joined',
      canJoin: true,
    });
  });

  it('is for guides only', async () => {
    for (const [method, path] of [
      ['GET', 'state'],
      ['POST', 'wifi'],
      ['GET', 'check-up'],
      ['POST', 'check-up'],
    ] as const)
      expect((await box.call(`/api/box/${path}`, { method })).status, path).toBe(401);
  });
});

describe('a switch of the Wi-Fi', () => {
  it('is asked of the radio, name and password a line each', async () => {
    await radioSays(...OWN);
    const requests = await answering('radio.sock', () => 'ok\n');
    const answer = await wifi({ network: 'tour', ssid: 'Museum 日本', passphrase: 'correct horse' });
    expect(answer.status).toBe(202);
    expect(boxStateView.parse(await answer.json()).wifi?.network).toBe('own');
    expect((await wifi({ network: 'own' })).status).toBe(202);
    expect(requests).toEqual(['join\nMuseum 日本\ncorrect horse\n', 'own\n']);
  });

  it('is refused with what is wrong, before the radio hears of it', async () => {
    const requests = await answering('radio.sock', () => 'ok\n');
    for (const wrong of [
      { network: 'tour', ssid: '', passphrase: '' },
      { network: 'tour', ssid: 'x'.repeat(33), passphrase: '' },
      { network: 'tour', ssid: 'two\nown', passphrase: '' },
      { network: 'tour', ssid: 'Museum', passphrase: 'short' },
      { network: 'tour', ssid: 'Museum', passphrase: 'new\nlines are no password' },
      { network: 'nobody’s' },
    ])
      expect((await wifi(wrong)).status, JSON.stringify(wrong)).toBe(400);
    expect(requests).toEqual([]);
  });

  it('says why the radio will not', async () => {
    await answering('radio.sock', () => 'refused: this box has no radio of its own.\n');
    const answer = await wifi({ network: 'own' });
    expect(answer.status).toBe(400);
    const { error } = (await answer.json()) as { error: { code: string; message: string } };
    expect(error.code).toBe('wifi_refused');
    expect(error.message).toContain('this box has no radio of its own.');
  });

  it('is not possible where there is no radio script', async () => {
    expect(await problemOf(await wifi({ network: 'own' }))).toEqual({
      status: 503,
      code: 'wifi_unavailable',
    });
  });

  it('waits until no tour is live', async () => {
    const requests = await answering('radio.sock', () => 'ok\n');
    const tour = await box.createTour(OLD_TOWN);
    await box.call(`/api/tours/${tour.id}/start`, { method: 'POST', cookie: box.cookie });
    expect(await problemOf(await wifi({ network: 'own' }))).toEqual({ status: 409, code: 'tour_state' });
    await box.call(`/api/tours/${tour.id}/pause`, { method: 'POST', cookie: box.cookie });
    expect((await wifi({ network: 'own' })).status).toBe(202);
    expect(requests).toEqual(['own\n']);
  });
});

describe('the check-up', () => {
  const REPORT = {
    well: false,
    checks: [
      { name: 'microphone', state: 'ok', text: 'heard' },
      { name: 'disk', state: 'mend', text: 'almost full', remedy: 'delete old tours' },
    ],
  };
  it('is the owner’s: what was found last, and a new look', async () => {
    expect((await ask(box.cookie)).status, 'whoever holds the setup code').toBe(403);
    const owner = cookiesOf(await claim(box));
    expect(await (await ask(owner)).json()).toEqual({ possible: false });
    expect(await problemOf(await ask(owner, 'POST'))).toEqual({ status: 503, code: 'check_up_failed' });

    await writeFile(join(folder, 'errands/doctor.json'), JSON.stringify(REPORT));
    const requests = await answering('errands/errand.sock', () => `${JSON.stringify(REPORT)}\ndone\n`);
    const { possible, last } = checkUpsView.parse(await (await ask(owner)).json());
    expect(possible).toBe(true);
    expect(last).toMatchObject(REPORT);
    expect(Math.abs(Date.now() - (last?.at ?? 0))).toBeLessThan(60_000);

    expect(await (await ask(owner, 'POST')).json()).toMatchObject(REPORT);
    expect(requests).toEqual(['doctor\n']);
  });

  it('says when it was refused or half an answer came', async () => {
    const owner = cookiesOf(await claim(box));
    await writeFile(join(folder, 'errands/doctor.json'), '{"well": tr');
    await answering('errands/errand.sock', () => 'refused: the check-up could not be made\n');
    expect(checkUpsView.parse(await (await ask(owner)).json())).toEqual({ possible: true });
    expect(await problemOf(await ask(owner, 'POST'))).toEqual({ status: 503, code: 'check_up_failed' });
  });
});
