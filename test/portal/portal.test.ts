import { mkdir, rm, writeFile } from 'node:fs/promises';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { PROBES as KNOWN } from '../../appliance/network/portal/probe-list.ts';
import { PORTAL_LANGUAGES } from '../../appliance/network/portal/texts.ts';
import { TestBox } from '../http/test-box.ts';
import {
  ANDROID_WINDOW,
  type Answer,
  IPHONE_SAFARI,
  IPHONE_WINDOW,
  LINUX_FIREFOX,
  MAC_WINDOW,
  Phone,
  PROBES,
  WINDOWS_EDGE,
} from './phone.ts';

const BOX = 'http://127.0.0.1';

let box: TestBox;
/** On loopback every 127.x.y.z is a phone of its own, and each test has two that the box has never seen. */
let phones = 0;
let address: string;
let phone: Phone;
let other: Phone;

beforeAll(async () => {
  box = await TestBox.start({ UBIZO_NAMES: 'ubizo-k7qp, tours.example.org' });
});

const nextAddress = (): string => `127.0.${1 + Math.floor(phones / 200)}.${1 + (phones++ % 200)}`;

beforeEach(() => {
  const port = Number(new URL(box.url).port);
  address = nextAddress();
  phone = new Phone({ port, from: address });
  other = new Phone({ port, from: nextAddress() });
});

afterAll(() => box.stop());

const read = (userAgent: string, language: string, on = ''): Promise<Answer> =>
  phone.ask(`${BOX}/portal${on}`, { userAgent, language });
/** A line of dnsmasq's lease file for the phone. */
const line = (seconds: number, hardware = '02:00:00:00:00:02'): string =>
  `${Math.floor(Date.now() / 1_000) + seconds} ${hardware} ${address} phone 01:${hardware}\n`;
const tapContinue = (by: Phone): Promise<Answer> => by.ask(`${BOX}/portal/continue`, { method: 'POST' });

describe('a phone that has just joined', () => {
  it.each(PROBES)('is led to the portal by $url', async ({ url, system }) => {
    const { status, headers, body } = await phone.ask(url);
    expect({ status, location: headers.location, body }).toEqual({
      status: 302,
      location: `${BOX}/portal?on=${system}`,
      body: '',
    });
    expect(headers['cache-control']).toBe('no-store');
  });

  it('is led there by any other page too, and never in a circle', async () => {
    const { headers } = await phone.ask('http://news.example/today?x=1');
    expect(headers.location).toBe(`${BOX}/portal`);
    expect(await phone.ask(headers.location ?? '')).toMatchObject({ status: 200 });
  });

  it('finds the app under the box’s own names without a portal', async () => {
    for (const own of [
      BOX,
      'http://localhost',
      'http://ubizo-k7qp',
      'http://UBIZO-k7qp.local.',
      'http://tours.example.org',
      `http://${hostname()}.local`,
    ]) {
      const { status, body } = await phone.ask(`${own}/healthz`);
      expect(status, own).toBe(200);
      expect(body).toContain('"ok":true');
    }
  });

  it('cannot reach the box’s API under somebody else’s name', async () => {
    for (const path of ['/api/live', '/healthz', '/guide', '/portal/continue', '/assets/x.js'])
      expect(await phone.ask(`http://evil.example${path}`), path).toMatchObject({ status: 302 });
    const joining = await phone.ask('http://evil.example/api/join', { method: 'POST' });
    expect(joining).toMatchObject({ status: 302 });
  });
});

describe('Continue', () => {
  it.each(PROBES)('lets $url succeed as at its own server', async ({ url, status, body, header }) => {
    await tapContinue(phone);
    const answer = await phone.ask(url);
    expect({ status: answer.status, body: answer.body }).toEqual({ status, body });
    if (header) expect(answer.headers[header[0]]).toBe(header[1]);
  });

  it('works with HEAD and leaves cookies out', async () => {
    await tapContinue(phone);
    const answer = await phone.ask('http://captive.apple.com/hotspot-detect.html', { method: 'HEAD' });
    expect(answer).toMatchObject({ status: 200, body: '' });
    expect(answer.headers['set-cookie']).toBeUndefined();
  });

  it('is for the phone that tapped, not for the next one', async () => {
    await tapContinue(phone);
    const url = 'http://connectivitycheck.gstatic.com/generate_204';
    expect(await phone.ask(url)).toMatchObject({ status: 204 });
    expect(await other.ask(url)).toMatchObject({ status: 302 });
  });

  it('leads every other name to the app from then on', async () => {
    await tapContinue(phone);
    const { status, headers } = await phone.ask('http://news.example/today');
    expect({ status, location: headers.location }).toEqual({ status: 302, location: `${BOX}/` });
    expect(await phone.ask(headers.location ?? '')).toMatchObject({ status: 200 });
  });

  it('comes from a tap, not from a browser that looks ahead', async () => {
    expect(await phone.ask(`${BOX}/portal/continue`)).toMatchObject({ status: 303 });
    expect(await phone.ask('http://captive.apple.com/hotspot-detect.html')).toMatchObject({ status: 302 });
  });

  it('works for a form of a page without referrer, and leads back to the page it came from', async () => {
    const { status, headers } = await phone.ask('http://ubizo-k7qp/portal/continue?on=ios', {
      method: 'POST',
      headers: { origin: 'null' },
    });
    expect({ status, location: headers.location }).toEqual({ status: 303, location: '/portal?on=ios' });
  });
});

describe('what systems ask', () => {
  it('is known with its source, once each, and tried here one by one', () => {
    const asked = PROBES.map(({ url }) => new URL(url));
    for (const [index, { hosts, path, source }] of KNOWN.entries()) {
      expect(source, path).toMatch(/.{10}/);
      const same = KNOWN.findIndex((other) => other.path === path && other.hosts?.join() === hosts?.join());
      expect(same, path).toBe(index);
      const tried = asked.some(
        ({ hostname, pathname }) => pathname === path && (hosts?.includes(hostname) ?? true),
      );
      expect(tried, `${hosts?.join() ?? ''}${path}`).toBe(true);
    }
  });
});

describe('a redirect', () => {
  it.each([
    ['http://evil.example:8080/', `${BOX}:8080/portal`],
    ['http://evil.example/portal?on=//evil.example', `${BOX}/portal`],
    ['http://127.0.0.1.evil.example/', `${BOX}/portal`],
    ['http://[2001:db8::1]/', `${BOX}/portal`],
    ['http://198.51.100.53/', `${BOX}/portal`],
    ['http://0.0.0.0/', `${BOX}/portal`],
  ])('of %s leads to the box alone', async (url, location) => {
    const answer = await phone.ask(url);
    expect(answer.status).toBe(302);
    expect(answer.headers.location).toBe(location);
  });

  it('does not take its target from a Host header that is none', async () => {
    for (const host of [
      'evil.example@127.0.0.1',
      '127.0.0.1/..//evil.example',
      'a:b:c',
      '127.0.0.1:99999x',
      '%0d%0aX: y',
    ]) {
      const answer = await phone.ask(`${BOX}/portal`, { headers: { host } });
      expect(answer.headers.location, host).toBe(`${BOX}/portal`);
    }
  });

  it('after Continue takes nothing but a system’s name along', async () => {
    const { headers } = await phone.ask(`${BOX}/portal/continue?on=%0d%0aX:y&on=//evil`, { method: 'POST' });
    expect(headers.location).toBe('/portal');
  });
});

describe('the portal page', () => {
  it('is one small page that needs no script', async () => {
    for (const language of PORTAL_LANGUAGES) {
      const before = await read(IPHONE_WINDOW, language);
      await tapContinue(phone);
      const after = await read(IPHONE_WINDOW, language);
      for (const { body, headers } of [before, after]) {
        expect(Buffer.byteLength(body), language).toBeLessThan(10_000);
        expect(body).not.toMatch(/<script|<link|<img|@import|url\(/);
        expect(headers['content-security-policy']).toContain("default-src 'none'");
      }
    }
  });

  it.each([
    ['es-MX,es;q=0.9,en;q=0.5', 'es', 'ltr', 'Continuar'],
    ['fr-CA', 'fr', 'ltr', 'Continuer'],
    ['de', 'de', 'ltr', 'Weiter'],
    ['ar-EG,en;q=0.2', 'ar', 'rtl', 'متابعة'],
    ['ja', 'ja', 'ltr', '続ける'],
    ['ko-KR', 'ko', 'ltr', '계속'],
    ['xx,zh-CN;q=0.9', 'zh-Hans', 'ltr', '继续'],
    // Rather other characters of the language than another language.
    ['zh-TW,zh;q=0.9,en;q=0.8', 'zh-Hans', 'ltr', '继续'],
    ['xx', 'en', 'ltr', 'Continue'],
    ['', 'en', 'ltr', 'Continue'],
  ])('speaks to “%s” in %s', async (accept, language, direction, button) => {
    const { body } = await read(IPHONE_WINDOW, accept);
    expect(body).toContain(`<html lang="${language}" dir="${direction}">`);
    expect(body).toContain(`<button>${button}</button>`);
    expect(body.replaceAll('<wbr>', '')).toMatch(/<div>\n(<p>[^<]{10,70}<\/p>\n){3}<\/div>/);
  });

  it.each([
    ['iOS', IPHONE_WINDOW, '', 'Use Without Internet'],
    ['Android', ANDROID_WINDOW, '', 'turn mobile data off'],
    ['Windows', WINDOWS_EDGE, '?on=linux', 'Windows says'],
    ['macOS', MAC_WINDOW, '?on=ios', 'click “Done”'],
    ['Linux', LINUX_FIREFOX, '?on=linux', 'your system says'],
    ['a system known by its probe alone', '', '?on=android', 'turn mobile data off'],
    ['any other', 'Kindle', '', 'your device says'],
  ])('tells how to stay connected on %s', async (_, userAgent, on, words) => {
    expect((await read(userAgent, 'en', on)).body).toContain(words);
  });

  it('sends who is in a sign-in window to the real browser, by address and code', async () => {
    await tapContinue(phone);
    for (const window of [IPHONE_WINDOW, ANDROID_WINDOW, MAC_WINDOW]) {
      const { body } = await read(window, 'en');
      expect(body).toContain('>http://127.0.0.1</bdi>');
      expect(body).toMatch(/<svg .*<path/);
      expect(body, 'a link would open the tour where nothing can be heard').not.toContain('class="open"');
    }
  });

  it('offers its languages by their own names, and keeps the chosen one to the end', async () => {
    const { body } = await read(IPHONE_SAFARI, 'en', '?on=ios');
    for (const language of PORTAL_LANGUAGES)
      expect(body).toContain(`<a href="?on=ios&amp;lang=${language}" lang="${language}"`);
    expect(body).toContain('>한국어</a>');
    const korean = await read(IPHONE_SAFARI, 'en', '?on=ios&lang=ko');
    expect(korean.body).toContain('<html lang="ko" dir="ltr">');
    expect(korean.body).toContain('action="/portal/continue?on=ios&amp;lang=ko"');
    const on = await phone.ask(`${BOX}/portal/continue?on=ios&lang=ko`, { method: 'POST' });
    expect(on.headers.location).toBe('/portal?on=ios&lang=ko');
    const { body: after } = await read(IPHONE_SAFARI, 'en', '?on=ios&lang=ko');
    expect(after).toContain('투어 열기</a>');
    expect(after).toContain('<a class="open" href="http://127.0.0.1/?lang=ko">');
  });

  it('takes no language that it does not speak', async () => {
    const { body } = await read(IPHONE_SAFARI, 'fr', '?lang=%22%3E%3Cscript%3E');
    expect(body).toContain('<html lang="fr"');
    expect(body).not.toContain('<script>');
  });

  it.each([
    ['ja', '<h1>ツアーへようこそ</h1>', 'アプリも<wbr>登録も<wbr>不要です。'],
    ['zh', '<h1>欢迎<wbr>参加<wbr>导览</h1>', '在<wbr>浏览器中<wbr>打开<wbr>导览'],
  ])('breaks no word in %s', async (language, heading, line) => {
    const { body } = await read(IPHONE_SAFARI, language);
    expect(body).toContain(heading);
    expect(body).toContain(line);
  });

  it('lets who is in a browser already go on by a link', async () => {
    await tapContinue(phone);
    for (const browser of [IPHONE_SAFARI, LINUX_FIREFOX, WINDOWS_EDGE])
      expect((await read(browser, 'en')).body).toContain('<a class="open" href="http://127.0.0.1/">');
  });
});

describe('without a certificate that phones trust', () => {
  it('there is no captive portal API', async () => {
    expect(await phone.ask(`${BOX}/portal/api`)).toMatchObject({ status: 404 });
  });
});

describe('when its lease ends', () => {
  const url = 'http://connectivitycheck.gstatic.com/generate_204';

  const withLeases = async (lines: string): Promise<string> => {
    const radio = join(box.data, 'radio');
    await mkdir(radio, { recursive: true });
    await writeFile(join(radio, 'leases'), lines);
    await box.restart({ UBIZO_RADIO: radio });
    phone = new Phone({ port: Number(new URL(box.url).port), from: address });
    await tapContinue(phone);
    expect(await phone.ask(url)).toMatchObject({ status: 204 });
    return join(radio, 'leases');
  };
  const isForgotten = async (): Promise<void> => {
    while ((await phone.ask(url)).status !== 302) await new Promise((resolve) => setTimeout(resolve, 50));
  };

  it('a phone that comes back meets the portal again', async () => {
    const leases = await withLeases(line(600));
    await writeFile(leases, '');
    await isForgotten();
  });

  it('so it does when nobody takes the lease out of the file', async () => {
    const leases = await withLeases(line(600));
    await writeFile(leases, line(1));
    await isForgotten();
  });

  it('so does the next phone with the same address', async () => {
    const leases = await withLeases(line(600));
    await writeFile(leases, line(600, '02:00:00:00:00:99'));
    await isForgotten();
  });

  it('a phone that has renewed it goes on', async () => {
    const leases = await withLeases(line(600));
    await writeFile(leases, `${line(1_200)}duid 00:01:00:01\n`);
    await other.ask(url).catch(() => undefined);
    expect(await phone.ask(url)).toMatchObject({ status: 204 });
    await rm(leases);
    await isForgotten();
  });
});
