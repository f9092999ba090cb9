import { execFileSync } from 'node:child_process';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { PROBES } from '../portal/phone.ts';
import { BOX, Lab, NAME, type Phone, UPLINK_NEIGHBOUR } from './lab.ts';
import { whyNot } from './namespaces.ts';

/** Anything that is not the box's, in the network for examples (RFC 5737). */
const WILDCARD = '198.51.100.53';

const CAN = whyNot() === undefined;

let lab: Lab;
let phone: Phone;
let other: Phone;

beforeAll(async () => {
  if (!CAN) return;
  lab = await Lab.open();
  await lab.uplink.serve(80);
  await lab.uplink.serve(8_080);
  await lab.startRadio();
  await lab.startAppliance();
  [phone, other] = await Promise.all([lab.join(), lab.join()]);
});

afterAll(() => lab?.close());

const tapContinue = (): Promise<unknown> =>
  phone.machine.http(`http://${BOX}/portal/continue`, { method: 'POST' });

describe.runIf(CAN)('a phone that joins', () => {
  it('gets an address, and the box as router and resolver', () => {
    expect(phone.offered).toMatchObject({ router: BOX, dns: BOX });
    expect(phone.address).toMatch(/^10\.77\.[0-3]\.\d+$/);
    expect(other.address).not.toBe(phone.address);
  });

  it('is not told of an API that it could not trust', () => {
    expect(phone.offered.option114).toBe('');
  });

  it('is told of one as soon as there is a certificate for it, and no longer when there is none', async () => {
    expect(await lab.askRadio('captive', 'k7qp.box.example.org')).toBe(0);
    const url = 'https://k7qp.box.example.org/portal/api';
    await expect
      .poll(
        async () => {
          const joined = await lab.join();
          return Buffer.from(joined.offered.option114, 'hex').toString();
        },
        { timeout: 20_000, interval: 500 },
      )
      .toBe(url);
    expect(await phone.machine.lookup('k7qp.box.example.org')).toEqual([BOX]);
    expect(await lab.askRadio('captive', 'off')).toBe(0);
    await expect
      .poll(async () => (await lab.join()).offered.option114, { timeout: 20_000, interval: 500 })
      .toBe('');
  });
});

describe.runIf(CAN)('the box’s resolver', () => {
  it('answers every name with a public address that leads nowhere', async () => {
    for (const name of ['captive.apple.com', 'connectivitycheck.gstatic.com', 'a.b.c.example', 'tour'])
      expect(await phone.machine.lookup(name), name).toEqual([WILDCARD]);
  });

  it('answers at once what it does not have, instead of refusing', async () => {
    expect(await phone.machine.lookup('www.google.com', 'AAAA')).toBe('ENODATA');
  });

  it('answers its own names with its address', async () => {
    expect(await phone.machine.lookup(NAME)).toEqual([BOX]);
    expect(await phone.machine.lookup(`${NAME}.local`)).toEqual([BOX]);
  });

  it('sends browsers’ own resolvers back to the network’s', async () => {
    for (const name of ['use-application-dns.net', 'mask.icloud.com', '_dns.resolver.arpa'])
      expect(await phone.machine.lookup(name), name).toBe('ENOTFOUND');
  });
});

describe.runIf(CAN)('the portal', () => {
  it('meets the probes of every system, and steps aside after Continue for that phone alone', async () => {
    for (const { url, system } of PROBES) {
      const answer = await phone.machine.http(url);
      expect(answer, url).toMatchObject({ status: 302 });
      expect(answer.headers.location).toBe(`http://${BOX}/portal?on=${system}`);
    }
    const page = await phone.machine.http(`http://${BOX}/portal`, { language: 'ja' });
    expect(page.body).toContain('<html lang="ja"');

    await tapContinue();

    for (const { url, status, body, header } of PROBES) {
      const answer = await phone.machine.http(url);
      expect({ status: answer.status, body: answer.body }, url).toEqual({ status, body });
      if (header) expect(answer.headers[header[0]]).toBe(header[1]);
    }
    for (const { url } of PROBES) expect(await other.machine.http(url), url).toMatchObject({ status: 302 });
  });

  it('serves the app under the box’s own names and addresses', async () => {
    for (const host of [BOX, NAME, `${NAME}.local`]) {
      const answer = await other.machine.http(`http://${host}/`);
      expect(answer.status, host).toBe(200);
      expect(answer.body).toContain('ubizo-visitor-page');
    }
  });

  it('meets a phone anew that has given its lease back', async () => {
    const leaving = await lab.join();
    await leaving.machine.http(`http://${BOX}/portal/continue`, { method: 'POST' });
    const probe = 'http://connectivitycheck.gstatic.com/generate_204';
    expect(await leaving.machine.http(probe)).toMatchObject({ status: 204 });
    await leaving.release();
    // The next phone with the same address: here the same one, by hand.
    const inside = (...args: string[]): void => void execFileSync('ip', ['-n', leaving.namespace, ...args]);
    inside('address', 'add', `${leaving.address}/22`, 'dev', 'wlan0');
    inside('route', 'replace', 'default', 'via', BOX);
    await expect.poll(async () => (await leaving.machine.http(probe)).status, { timeout: 15_000 }).toBe(302);
  });
});

describe.runIf(CAN)('a visitor', () => {
  it.each([443, 853, 993, 5_223])('is refused at once on somebody else’s port %i', async (port) => {
    const { reach, ms } = await phone.machine.tcp(WILDCARD, port);
    expect(reach).toBe('refused');
    expect(ms, 'refused, not given up').toBeLessThan(2_000);
    expect(await phone.machine.tcp('203.0.113.9', port)).toMatchObject({ reach: 'refused' });
  });

  it('is refused at once over QUIC too', async () => {
    expect(await phone.machine.udp('203.0.113.9', 443)).toBe('refused');
  });

  it('reaches no other visitor', async () => {
    await other.machine.serve(8_080);
    expect((await phone.machine.tcp(other.address, 8_080)).reach).not.toBe('open');
    expect(await phone.machine.udp(other.address, 5_000)).not.toBe('open');
  });

  it('reaches nobody on the uplink’s network, even when the box forwards', async () => {
    // As Docker or NetworkManager may switch it on.
    execFileSync('ip', ['netns', 'exec', lab.box, 'sh', '-c', 'echo 1 >/proc/sys/net/ipv4/ip_forward']);
    for (const port of [22, 443, 8_443])
      expect((await phone.machine.tcp(UPLINK_NEIGHBOUR, port)).reach, String(port)).toBe('refused');
    const answer = await phone.machine.http(`http://${UPLINK_NEIGHBOUR}/`);
    expect(answer.body).not.toContain('not for visitors');
    expect(await phone.machine.udp(UPLINK_NEIGHBOUR, 53_000)).not.toBe('open');
  });

  it('reaches none of the box’s other ports, at none of its addresses', async () => {
    const inBox = await lab.machine();
    await inBox.serve(8_022);
    for (const address of [BOX, '192.168.50.2'])
      expect((await phone.machine.tcp(address, 8_022)).reach, address).toBe('refused');
    await inBox.stop();
  });
});
