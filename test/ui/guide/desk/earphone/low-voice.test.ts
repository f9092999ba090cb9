import { expect } from '@open-wc/testing';
import { quietGraph } from '../../../../../ui/guide/desk/earphone/low-voice.ts';

/** Of the second half of a second: what comes before is the limiter's attack. */
async function heard(amplitude: number, volume: number): Promise<number> {
  const context = new OfflineAudioContext(1, 48_000, 48_000);
  const tone = context.createOscillator();
  const level = context.createGain();
  level.gain.value = amplitude;
  tone.connect(level).connect(quietGraph(context, volume).input);
  tone.start();
  const samples = (await context.startRendering()).getChannelData(0).subarray(24_000);
  return samples.reduce((most, sample) => Math.max(most, Math.abs(sample)), 0);
}

describe('a voice in the guide’s ear', () => {
  it('is never loud, whoever shouts and however far it is turned up', async () => {
    expect(await heard(1, 1)).to.be.within(0.05, 0.35);
    expect(await heard(1, 40)).to.be.below(0.35);
  });

  it('is heard from somebody who speaks quietly too, and not at all at volume 0', async () => {
    const [loud, quiet] = [await heard(1, 1), await heard(0.1, 1)];
    expect(quiet / loud, 'not as far apart as they came').to.be.above(0.3);
    expect(await heard(1, 0)).to.equal(0);
  });
});
