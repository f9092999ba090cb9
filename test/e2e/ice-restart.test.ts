import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { joinAnswer } from '../../appliance/protocol/requests.ts';
import { Box, REHEARSAL } from './box.ts';
import { launchBrowser } from '../browser.ts';

describe('a player that changes networks', () => {
  let box: Box;
  let browser: Browser;

  beforeAll(async () => {
    box = await Box.start({ UBIZO_INTERPRETER: 'none', UBIZO_MICROPHONE: `file:${REHEARSAL}#loop` });
    browser = await launchBrowser();
  });

  afterAll(async () => {
    await browser.close();
    await box.stop();
  });

  it('hears on after an ICE restart by PATCH', async () => {
    const tour = await box.createTour({ name: 'On foot', floorLanguage: 'en', languages: ['es'] });
    await box.step(tour.id, 'start');
    const joined = await fetch(`${box.url}/api/join`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ code: tour.code, language: 'floor' }),
    });
    const { token, whep } = joinAnswer.parse(await joined.json());
    const page = await browser.newPage();
    await page.goto(box.url);

    const packets = await page.evaluate(
      async ({ token, whep }) => {
        const authorization = `Bearer ${token}`;
        const peer = new RTCPeerConnection();
        peer.addTransceiver('audio', { direction: 'recvonly' });
        const received = async (): Promise<number> => {
          let count = 0;
          for (const [, entry] of await peer.getStats()) {
            if ((entry as { type: string }).type === 'inbound-rtp')
              count = (entry as { packetsReceived: number }).packetsReceived;
          }
          return count;
        };
        const more = async (than: number): Promise<number> => {
          for (;;) {
            const count = await received();
            if (count > than + 50) return count;
            await new Promise((resolve) => setTimeout(resolve, 50));
          }
        };
        await peer.setLocalDescription();
        const response = await fetch(whep, {
          method: 'POST',
          headers: { authorization, 'content-type': 'application/sdp' },
          body: peer.localDescription?.sdp ?? '',
        });
        const answer = await response.text();
        await peer.setRemoteDescription({ type: 'answer', sdp: answer });
        const before = await more(0);

        peer.restartIce();
        await peer.setLocalDescription();
        const offer = peer.localDescription?.sdp ?? '';
        const credentials = offer.match(/a=ice-(ufrag|pwd):.*/g) ?? [];
        const patched = await fetch(response.headers.get('location') ?? '', {
          method: 'PATCH',
          headers: { authorization, 'content-type': 'application/trickle-ice-sdpfrag', 'if-match': '*' },
          body: `${credentials.slice(0, 2).join('\r\n')}\r\n`,
        });
        const fragment = await patched.text();
        const fresh = (name: string): string => new RegExp(`a=${name}:.*`).exec(fragment)?.[0] ?? '';
        const restarted = answer
          .replaceAll(/a=ice-ufrag:.*/g, fresh('ice-ufrag'))
          .replaceAll(/a=ice-pwd:.*/g, fresh('ice-pwd'))
          .replaceAll(/a=candidate:.*/g, fresh('candidate'));
        await peer.setRemoteDescription({ type: 'answer', sdp: restarted });
        // What is still under way over the old path does not count.
        const after = await more((await received()) + 50);
        return { status: patched.status, before, after };
      },
      { token, whep },
    );
    expect(packets.status).toBe(200);
    expect(packets.after).toBeGreaterThan(packets.before + 100);
  });
});
