import { expect, fixture, html, waitUntil } from '@open-wc/testing';
import type { StatsReport } from '../../../../appliance/protocol/quality.ts';
import { QUALITY_CLASSES } from '../../../../appliance/protocol/quality.ts';
import { provideTexts, speak } from '../../../../ui/texts/locale.ts';
import { visitorTexts } from '../../../../ui/texts/visitor-texts.ts';
import { sparingOf } from '../../../../ui/visitor/quality/phone-profile.ts';
import '../../../../ui/visitor/quality/sound-advice.ts';
import type { SoundAdvice } from '../../../../ui/visitor/quality/sound-advice.ts';
import '../../../../ui/visitor/quality/sound-mark.ts';
import type { SoundMark } from '../../../../ui/visitor/quality/sound-mark.ts';
import { ofPeer, spanBetween } from '../../../../ui/visitor/quality/sound-looks.ts';
import { SoundReports } from '../../../../ui/visitor/quality/sound-reports.ts';
import { expectAccessible } from '../../accessible.ts';

describe('the mark for how well the sound is heard', () => {
  before(() => provideTexts(visitorTexts));
  afterEach(() => speak(['en']));

  it('differs in bars and words, and says what to do at fair or worse', async () => {
    const words: string[] = [];
    for (const [index, mark] of QUALITY_CLASSES.entries()) {
      const shown = await fixture<SoundMark>(html`<ubizo-sound-mark .mark=${mark}></ubizo-sound-mark>`);
      await expectAccessible(shown);
      expect(shown.renderRoot.querySelectorAll('.full')).to.have.length(4 - index);
      words.push(shown.renderRoot.textContent?.trim() ?? '');
      const advice = await fixture<SoundAdvice>(
        html`<ubizo-sound-advice .mark=${mark}></ubizo-sound-advice>`,
      );
      await expectAccessible(advice);
      const said = advice.renderRoot.querySelector('p')?.textContent?.trim() ?? '';
      expect(said.length > 0, mark).to.equal(index >= 2);
    }
    expect(words).to.deep.equal(['Excellent sound', 'Good sound', 'Fair sound', 'Poor sound', 'No sound']);
  });

  it('moves nothing when its advice comes, and its longest words have room on a narrow phone', async () => {
    for (const locale of ['en', 'ru', 'ar', 'vi']) {
      await speak([locale]);
      const page = await fixture<HTMLElement>(
        html`<div style="inline-size: 320px">
          <ubizo-sound-advice></ubizo-sound-advice>
          <p>Words</p>
        </div>`,
      );
      const advice = page.querySelector<SoundAdvice>('ubizo-sound-advice')!;
      const words = page.querySelector('p')!;
      const { top } = words.getBoundingClientRect();
      advice.mark = 'fair';
      await advice.updateComplete;
      expect(words.getBoundingClientRect().top).to.equal(top);
      const said = advice.renderRoot.querySelector('p')!;
      expect(said.scrollWidth).to.be.at.most(320);
    }
  });
});

describe('what a page tells of its sound', () => {
  it('is what happened between two looks', () => {
    const before = { packets: 100, lost: 4, samples: 48_000, concealed: 500 };
    const after = { packets: 125, lost: 3, samples: 72_000, concealed: 740 };
    expect(spanBetween(before, after, 500.4)).to.deep.equal({
      ms: 500,
      packets: 25,
      lost: 0,
      samples: 24_000,
      concealed: 240,
    });
  });

  it('comes from a real connection, with the reason why the phone is spared', async () => {
    const context = new AudioContext();
    const out = context.createMediaStreamDestination();
    const hum = context.createOscillator();
    hum.connect(out);
    hum.start();
    const [box, phone] = [new RTCPeerConnection(), new RTCPeerConnection()];
    box.addEventListener(
      'icecandidate',
      ({ candidate }) => void phone.addIceCandidate(candidate ?? undefined),
    );
    phone.addEventListener(
      'icecandidate',
      ({ candidate }) => void box.addIceCandidate(candidate ?? undefined),
    );
    const audio = new Audio();
    phone.addEventListener('track', ({ streams: [stream] }) => {
      audio.srcObject = stream ?? null;
      void audio.play().catch(() => undefined);
    });
    for (const track of out.stream.getTracks()) box.addTrack(track, out.stream);
    await box.setLocalDescription();
    await phone.setRemoteDescription(box.localDescription!);
    await phone.setLocalDescription();
    await box.setRemoteDescription(phone.localDescription!);
    const sent: StatsReport[] = [];
    const reports = new SoundReports({
      heard: () => ofPeer(phone),
      send: (report) => sent.push(report),
      onSparing: () => undefined,
      // Known only after the first look: told at the pace of a phone that need not be spared.
      sparing: () => Promise.resolve(sent.length > 0 ? 'data' : undefined),
    });
    reports.start();
    await waitUntil(() => sent.length > 0, 'a report', { timeout: 20_000 });
    reports.stop();
    expect(sent[0]?.spans.length).to.be.within(1, 40);
    expect(sent[0]?.spans.some(({ packets, samples }) => packets > 0 && samples > 0)).to.equal(true);
    for (const each of [box, phone]) each.close();
    await context.close();
  });
});

const battery = (level: number, charging: boolean) => () => Promise.resolve({ level, charging });

describe('a phone that is to be spared', () => {
  it('is one with a low battery, a data saver, little memory or a slow network', async () => {
    expect(await sparingOf({ getBattery: battery(0.1, false) })).to.equal('battery');
    expect(await sparingOf({ getBattery: battery(0.1, true) })).to.equal(undefined);
    expect(await sparingOf({ connection: { saveData: true } })).to.equal('data');
    expect(await sparingOf({ deviceMemory: 0.5 })).to.equal('memory');
    expect(await sparingOf({ connection: { effectiveType: '3g' } })).to.equal('network');
    expect(await sparingOf({ connection: { effectiveType: '4g' }, deviceMemory: 8 })).to.equal(undefined);
    expect(await sparingOf({ getBattery: () => Promise.reject(new Error('not allowed')) })).to.equal(
      undefined,
    );
  });
});
