import { execFileSync } from 'node:child_process';
import { chmodSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { timeLimited } from '../../appliance/ice/credentials.ts';
import { tourDeskView } from '../../appliance/protocol/views.ts';
import { CHROMIUM, launchBrowser } from '../browser.ts';
import { Visitor } from '../e2e/visitor.ts';
import { BOX, Lab, type Phone, SETUP_CODE, UPLINK_NEIGHBOUR } from './lab.ts';
import { whyNot, within } from './namespaces.ts';

const CAN = whyNot() === undefined;
const RELAY = fileURLToPath(new URL('../../firmware-scripts/relay', import.meta.url));

let lab: Lab;
let guide: Phone;
let phone: Phone;
let browser: Browser;

beforeAll(async () => {
  if (!CAN) return;
  lab = await Lab.open();
  await lab.startRadio({ RELAY: 'yes' });
  await startRelay();
  await lab.startAppliance({ UBIZO_RELAY: join(lab.folder, 'relay') });
  [guide, phone] = await Promise.all([lab.join(), lab.join()]);
  const program = join(lab.folder, 'chromium');
  writeFileSync(program, `#!/bin/sh\nexec ${within(phone.namespace, [CHROMIUM]).join(' ')} "$@"\n`);
  chmodSync(program, 0o755);
  browser = await launchBrowser({ program });
});

afterAll(async () => {
  await browser?.close();
  await lab?.close();
});

/** As ubizo-relay.service does. */
async function startRelay(): Promise<void> {
  const run = join(lab.folder, 'relay');
  const [program, ...args] = within(lab.box, [
    RELAY,
    '--settings',
    join(lab.folder, 'network.conf'),
    '--run',
    run,
    'prepare',
  ]);
  execFileSync(program, args);
  const child = lab.spawn(lab.box, ['turnserver', '-c', join(run, 'turnserver.conf')]);
  await lab.until('the relay listens', () => lab.log.includes('(admin thread)'), child);
}

/** What a strict network does: web pages and TCP 3478, and nothing else. */
function onlyTcp(namespace: string): void {
  const [program, ...args] = within(namespace, ['nft', '-f', '-']);
  execFileSync(program, args, {
    input: `table inet strict {
      chain out {
        type filter hook output priority filter; policy accept;
        oifname "lo" accept
        tcp dport { 80, 3478 } accept
        udp dport { 53, 67 } accept
        meta l4proto { tcp, udp } counter drop
      }
    }`,
  });
}

async function post(path: string, body: object, cookie = ''): Promise<{ body: string; cookie: string }> {
  const answer = await guide.machine.http(`http://${BOX}${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', cookie },
    content: JSON.stringify(body),
  });
  if (answer.status >= 300) throw new Error(`${path}: ${answer.status} ${answer.body}`);
  return { body: answer.body, cookie: answer.headers['set-cookie']?.[0]?.split(';')[0] ?? cookie };
}

describe.runIf(CAN)('the box’s own relay', () => {
  it('lets a phone hear whose network carries nothing but TCP', async () => {
    const { cookie } = await post('/api/sign-in', { setupCode: SETUP_CODE });
    const asked = { name: 'Harbour', floorLanguage: 'en', languages: ['es'] };
    const tour = tourDeskView.parse(JSON.parse((await post('/api/tours', asked, cookie)).body));
    await post(`/api/tours/${tour.id}/start`, {}, cookie);
    onlyTcp(phone.namespace);
    const visitor = await Visitor.open(browser, tour.joinUrl, { locale: 'en-GB' });
    await visitor.listen('English');
    await visitor.hears({ seconds: 2 });
    await visitor.close();
  });

  it('is reached by visitors over TCP and UDP, and not beyond them', async () => {
    expect((await guide.machine.tcp(BOX, 3478)).reach).toBe('open');
    // Something that is no STUN is not answered, and not refused either.
    expect(await guide.machine.udp(BOX, 3478)).toBe('silent');
    expect((await lab.uplink.tcp('192.168.50.2', 3478)).reach).toBe('refused');
  });

  it('relays to the box’s own sound only', async () => {
    const secret = /^secret=(.*)$/m.exec(readFileSync(join(lab.folder, 'relay', 'offer'), 'utf8'))?.[1] ?? '';
    const credentials = timeLimited(secret, Date.now() + 60_000);
    expect(await guide.machine.relay(BOX, credentials, BOX)).toBe('open');
    for (const other of [phone.address, UPLINK_NEIGHBOUR, '127.0.0.1'])
      expect(await guide.machine.relay(BOX, credentials, other), other).toBe('refused');
    // Within the box other programs listen too, which the firewall hides from visitors.
    const [program, ...args] = within(lab.box, ['nft', 'list', 'chain', 'inet', 'ubizo', 'relayed']);
    expect(execFileSync(program, args, { encoding: 'utf8' })).toContain(
      'udp sport 61000-61999 udp dport != 40000-40099 drop',
    );
  });
});
