import { expect } from '@open-wc/testing';
import { Mouth } from '../../../../ui/visitor/face/mouth.ts';

const FRAME_S = 1 / 60;

function hear(mouth: Mouth, level: number, seconds: number): number {
  for (let past = 0; past < seconds; past += FRAME_S) mouth.hear(level, FRAME_S);
  return mouth.opening;
}

describe('a mouth', () => {
  it('opens at once for a voice, and closes when it is silent', () => {
    const mouth = new Mouth();
    mouth.hear(0.2, FRAME_S);
    expect(mouth.opening).to.equal(1);
    expect(hear(mouth, 0, 0.4)).to.equal(0);
  });

  it('opens wider for what is louder', () => {
    const mouth = new Mouth();
    hear(mouth, 0.2, 0.1);
    const half = hear(mouth, 0.08, 0.4);
    expect(half).to.be.within(0.3, 0.9);
  });

  it('stays closed for the noise of a place, and for a voice far below the one that is heard', () => {
    const mouth = new Mouth();
    expect(hear(mouth, 0.002, 1)).to.equal(0);
    hear(mouth, 0.2, 0.1);
    expect(hear(mouth, 0.02, 0.5)).to.equal(0);
  });

  it('opens as wide for a guide who speaks more softly than the last one', () => {
    const mouth = new Mouth();
    hear(mouth, 0.5, 1);
    expect(hear(mouth, 0.05, 0.2)).to.be.lessThan(0.4);
    expect(hear(mouth, 0.05, 12)).to.be.greaterThan(0.9);
  });
});
