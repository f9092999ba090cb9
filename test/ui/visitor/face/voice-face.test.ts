import { expect, fixture, html } from '@open-wc/testing';
import type { FloorVoice } from '../../../../appliance/protocol/talk.ts';
import '../../../../ui/visitor/face/voice-face.ts';
import type { VoiceFace } from '../../../../ui/visitor/face/voice-face.ts';
import { expectAccessible } from '../../accessible.ts';
import { channel, tour } from '../../fake-box/tours.ts';
import { waitUntil } from '../../patience.ts';
import { deep, text } from '../../shadow.ts';

const element = (language = 'es', voice: FloorVoice = 'guide', sparing = false): Promise<VoiceFace> =>
  fixture<VoiceFace>(
    html`<ubizo-voice-face
      .tour=${tour({ channels: [channel('en'), channel('es', { by: 'model' })] })}
      .language=${language}
      .voice=${voice}
      ?sparing=${sparing}
    ></ubizo-voice-face>`,
  );

const control = (face: VoiceFace): HTMLInputElement => deep<HTMLInputElement>(face, 'input')!;

const words = async (language: string, voice: FloorVoice): Promise<string> =>
  text(await element(language, voice), '[data-testid=speaker]');

/** As of a visitor who has told their phone that they do not bear what moves. */
function preferReducedMotion(): () => void {
  const restore = Object.getOwnPropertyDescriptor(window, 'matchMedia');
  window.matchMedia = (query) => ({ matches: query.includes('reduced-motion') }) as MediaQueryList;
  return () => {
    if (restore) Object.defineProperty(window, 'matchMedia', restore);
  };
}

describe('the face of a voice', () => {
  beforeEach(() => localStorage.clear());
  after(() => localStorage.clear());

  it('is accessible with and without a face, and its switch is as large as a thumb', async () => {
    const face = await element();
    await waitUntil(() => deep(face, 'ubizo-face'), 'a face');
    await expectAccessible(face);
    expect(control(face).parentElement!.getBoundingClientRect().height).to.be.at.least(48);
    control(face).click();
    await face.updateComplete;
    expect(deep(face, 'ubizo-face')).to.equal(null);
    await expectAccessible(face);
  });

  it('says in words whose voice it is', async () => {
    expect(await words('en', 'guide')).to.equal('Guide');
    expect(await words('es', 'guide')).to.equal('Interpreter (AI)');
    expect(await words('es', 'visitor')).to.equal('A visitor asks');
    expect(await words('en', 'reading')).to.equal('Read aloud by AI');
  });

  it('is switched off and on, and stays so on this phone', async () => {
    control(await element()).click();
    const later = await element();
    expect(control(later).checked).to.equal(false);
    expect(deep(later, '[data-testid=speaker]')).to.equal(null);
    control(later).click();
    expect(control(await element()).checked).to.equal(true);
  });

  it('is off where the phone spares itself, until somebody switches it on', async () => {
    const face = await element('es', 'guide', true);
    expect(control(face).checked).to.equal(false);
    control(face).click();
    await waitUntil(() => deep(face, 'ubizo-face'), 'a face');
  });

  it('is off for who wants nothing to move, until they switch it on', async () => {
    const restore = preferReducedMotion();
    try {
      const face = await element();
      expect(control(face).checked).to.equal(false);
      control(face).click();
      await waitUntil(() => deep(face, 'ubizo-face'), 'a face');
    } finally {
      restore();
    }
  });
});
