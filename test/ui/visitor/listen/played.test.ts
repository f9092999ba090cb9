import { expect } from '@open-wc/testing';
import { spanBetween } from '../../../../ui/visitor/quality/sound-looks.ts';
import { Holes } from '../../../../ui/visitor/listen/ways/holes.ts';
import { Standstills } from '../../../../ui/visitor/listen/ways/standstills.ts';

const FRAME_S = 0.02;

describe('what a page that has no measure guesses of what it plays', () => {
  it('counts holes in a stream of frames, those of late frames too, and no silence of the guide', () => {
    const holes = new Holes();
    const play = (at: number | undefined, marker = false): void =>
      holes.take({ at, duration: FRAME_S, marker });
    play(1, true);
    for (let i = 1; i < 25; i++) play(1 + i * FRAME_S);
    const clean = holes.played;
    expect(clean).to.deep.equal({ packets: 25, lost: 0, samples: 24_000, concealed: 0 });
    // Five come late, and three were left out on the way.
    for (let i = 0; i < 5; i++) play(undefined);
    for (let i = 33; i < 50; i++) play(1 + i * FRAME_S);
    const torn = holes.played;
    expect(spanBetween(clean, torn, 500)).to.deep.equal({
      ms: 500,
      packets: 17,
      lost: 5,
      samples: 24_000,
      concealed: 8 * 960,
    });
    // The guide is silent for a while, and the first word comes late.
    play(undefined, true);
    play(9 + FRAME_S);
    // Another language.
    holes.forget();
    play(20);
    expect(spanBetween(torn, holes.played, 500)).to.include({ packets: 2, lost: 1, concealed: 0 });
  });

  it('counts how long a player stands still, whatever steps its clock takes', () => {
    const stills = new Standstills({ at: 3, now: 0 });
    let now = 0;
    const look = (at: number) => stills.look(at, (now += 500));
    // Late by a step, and early by one.
    for (const at of [3.4, 4.05, 4.5, 4.9]) look(at);
    const clean = look(5.5);
    expect(clean).to.include({ packets: 5, samples: 120_000, concealed: 0 });
    look(5.6);
    look(5.6);
    const still = look(5.6);
    expect(spanBetween(clean, still, 1_500)).to.include({ packets: 1, samples: 72_000 });
    expect((still.concealed / 48 + 250) / 1_400, 'but for a step').to.be.closeTo(1, 0.01);
    // It goes on from where it was, and is behind for good: that is not counted again.
    look(6.1);
    look(6.6);
    expect(look(7.1).concealed).to.equal(still.concealed);
    // It has leapt to what is new; and stands again.
    look(9);
    look(9);
    expect(look(9).concealed - still.concealed).to.be.greaterThan(24_000);
  });
});
