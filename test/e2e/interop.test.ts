import { ProtectionProfileAeadAes128Gcm, ProtectionProfileAes128CmHmacSha1_80 } from 'werift';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { newSource } from '../../appliance/peer/rtp-stream.ts';
import { Metronome } from '../../appliance/channel/metronome.ts';
import { launchBrowser } from '../browser.ts';
import { BrowserListener } from '../browser-listener.ts';
import { Tone, TONE_HZ } from '../peer/interop/tone.ts';
import { TestPeer } from '../peer/test-peer.ts';

/** Frames of 20 ms until the number, and then the time, begins anew; and enough after that to hear it. */
const UNTIL_NUMBER = 50;
const UNTIL_TIME = 100;
const FRAMES = 250;

const gcm = { cipher: 'SRTP_AEAD_AES_128_GCM', profile: ProtectionProfileAeadAes128Gcm };
const cm = { cipher: 'SRTP_AES128_CM_HMAC_SHA1_80', profile: ProtectionProfileAes128CmHmacSha1_80 };

describe('Chromium', () => {
  let browser: Browser;
  let page: Page;

  beforeAll(async () => {
    browser = await launchBrowser();
    page = await browser.newPage();
  });

  afterAll(async () => {
    await browser.close();
  });

  it.each([
    { ...gcm, red: true },
    { ...gcm, red: false },
    { ...cm, red: true },
    { ...cm, red: false },
  ])(
    'hears a tone by $cipher, RED $red, on while numbers and times wrap',
    async ({ cipher, profile, red }) => {
      const box = await TestPeer.create();
      const listener = await BrowserListener.offer(page, { red });
      const answer = box.answer(listener.offer, {
        profiles: [profile],
        firstSequenceNumber: 2 ** 16 - UNTIL_NUMBER,
        source: { ...newSource(), timestampOffset: 2 ** 32 - UNTIL_TIME * 960 },
      });
      expect(answer.includes('red/48000/2')).toBe(red);
      await listener.connect(answer);

      const tone = new Tone({ from: 2 ** 33 });
      const { promise: said, resolve } = Promise.withResolvers<void>();
      let frames = 0;
      let bytes = 0;
      const metronome = new Metronome({
        periodMs: 20,
        tick: () => {
          const frame = tone.next();
          box.peer.send(frame, frame.timestamp, frame.marker);
          bytes += ((red ? frame.redundant : undefined) ?? frame.payload).length;
          if (++frames === FRAMES) resolve();
        },
      });
      metronome.start();
      await said;
      // It goes on, so that there is still something to hear.
      await expect
        .poll(() => listener.pitch(), { timeout: 20_000, interval: 100 })
        .toSatisfy(({ hz, aboveDb }) => Math.abs(hz - TONE_HZ) < 10 && aboveDb > 30);
      metronome.stop();
      const sent = frames;
      await expect
        .poll(async () => (await listener.reception()).packetsReceived, { timeout: 20_000 })
        .toBe(sent);
      const reception = await listener.reception();
      expect(reception).toMatchObject({ cipher, packetsLost: 0, bytesReceived: bytes });
      // A busy machine keeps a browser from playing for a while.
      expect(reception.concealed / reception.played).toBeLessThan(0.5);

      await listener.close();
      await box.until(() => box.states.includes('closed'));
      box.close();
    },
  );

  it.each<{ bundlePolicy: RTCBundlePolicy; says: string; shape: (offer: string) => string }>([
    { bundlePolicy: 'balanced', says: 'as it offers it', shape: (offer) => offer },
    { bundlePolicy: 'max-bundle', says: 'as it offers it', shape: (offer) => offer },
    { bundlePolicy: 'max-bundle', says: 'with the transport in the first section only', shape: bundleOnly },
  ])(
    'hears with a picture offered before the sound, $bundlePolicy, $says',
    async ({ bundlePolicy, shape }) => {
      const box = await TestPeer.create();
      const listener = await BrowserListener.offer(page, { video: true, bundlePolicy });
      await listener.connect(box.answer(shape(listener.offer)));
      const tone = new Tone();
      const metronome = new Metronome({
        periodMs: 20,
        tick: () => {
          const frame = tone.next();
          box.peer.send(frame, frame.timestamp, frame.marker);
        },
      });
      metronome.start();
      await expect
        .poll(() => listener.pitch(), { timeout: 20_000, interval: 100 })
        .toSatisfy(({ hz, aboveDb }) => Math.abs(hz - TONE_HZ) < 10 && aboveDb > 30);
      metronome.stop();
      await listener.close();
      box.close();
    },
  );
});

/** As Firefox offers it: the second section has no port and no transport of its own (RFC 9143, 7.2). */
function bundleOnly(offer: string): string {
  const [session = '', first = '', second = ''] = offer.split(/^(?=m=)/m);
  const bare = second
    .replace(/^m=audio \d+/, 'm=audio 0')
    .replaceAll(/^a=(ice-|fingerprint|setup|rtcp|candidate|end-of-candidates).*\r\n/gm, '');
  return `${session}${first}${bare}a=bundle-only\r\n`;
}
