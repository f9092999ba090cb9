import { expect } from '@open-wc/testing';
import { Playout } from '../../../../ui/visitor/listen/ways/playout.ts';

const FRAME = 960;

describe('when frames from a socket are played', () => {
  it('plays what follows without a gap, also when the timestamp wraps', () => {
    const playout = new Playout();
    const times = Array.from({ length: 10 }, (_, at) => {
      const timestamp = (2 ** 32 - 3 * FRAME + at * FRAME) % 2 ** 32;
      return playout.timeOf({ timestamp, marker: at === 0 }, 1 + at * 0.02) ?? 0;
    });
    expect(times[0]).to.be.closeTo(1.15, 0.001);
    for (const [at, time] of times.slice(1).entries())
      expect(time - (times[at] ?? 0)).to.be.closeTo(0.02, 1e-6);
  });

  it('leaves out what comes too late, and gives the next more time', () => {
    const playout = new Playout();
    playout.timeOf({ timestamp: 0, marker: true }, 1);
    const late = [1, 2, 3].map((at) => playout.timeOf({ timestamp: at * FRAME, marker: false }, 1.4));
    expect(late.slice(0, 2)).to.deep.equal([undefined, undefined]);
    expect((late[2] ?? 0) - 1.4).to.be.closeTo(0.24, 0.001);
  });

  it('does not go on being late: after a pause it is at its cushion again', () => {
    const playout = new Playout();
    playout.timeOf({ timestamp: 0, marker: true }, 1);
    // The first came late; those after it wait for longer than they need.
    expect(playout.timeOf({ timestamp: FRAME, marker: false }, 0.8)).to.be.closeTo(1.17, 0.001);
    expect(playout.timeOf({ timestamp: 48_000, marker: true }, 1.8)).to.be.closeTo(1.95, 0.001);
    expect(playout.timeOf({ timestamp: 48_000 + FRAME, marker: false }, 1)).to.be.closeTo(1.15, 0.001);
  });
});
