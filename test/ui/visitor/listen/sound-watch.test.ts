import { expect } from '@open-wc/testing';
import { SoundWatch } from '../../../../ui/visitor/listen/recovery/sound-watch.ts';

/** Looks every quarter of a second; each look brings `packets` more. */
class Looking {
  now = 0;
  packets = 0;
  readonly asked: number[] = [];
  readonly lost: string[] = [];
  heard = 0;
  readonly watch = new SoundWatch({
    ask: () => this.asked.push(this.now),
    onSound: () => this.heard++,
    onLost: (cause) => this.lost.push(`${cause} at ${this.now}`),
  });

  constructor() {
    this.watch.begin(0);
  }

  for(ms: number, { packets = 0, onPath = true, soundingMs = undefined as number | undefined } = {}): this {
    for (const until = this.now + ms; this.now < until;) {
      this.now += 250;
      this.packets += packets;
      const asked = this.asked.length;
      this.watch.look(this.now, { packets: this.packets, onPath });
      if (this.asked.length > asked && soundingMs !== undefined) this.watch.answered(this.now, soundingMs);
    }
    return this;
  }
}

describe('the watch over the sound', () => {
  it('asks nobody while packets come', () => {
    const { asked, lost, heard } = new Looking().for(10_000, { packets: 12 });
    expect([asked, lost]).to.deep.equal([[], []]);
    expect(heard).to.equal(40);
  });

  it('finds a loss in a second and a half where the box has been sending', () => {
    const { lost } = new Looking().for(2_000, { packets: 12 }).for(1_750, { soundingMs: 60_000 });
    expect(lost).to.deep.equal(['no-packets at 3500']);
  });

  it('loses nothing in an hour of silence, and asks less often when it knows of it', () => {
    const silence = new Looking().for(1_000, { packets: 12 }).for(3_600_000, { soundingMs: 0 });
    expect(silence.lost).to.deep.equal([]);
    expect(silence.asked.length).to.be.lessThan(2_500);
  });

  it('does not take the first words after a silence for lost ones', () => {
    const onset = new Looking().for(1_000, { packets: 12 }).for(30_000, { soundingMs: 0 });
    onset.watch.answered(onset.now, 300);
    expect(onset.lost).to.deep.equal([]);
    onset.watch.answered(onset.now, 1_400);
    expect(onset.lost).to.have.length(1);
  });

  it('takes a box that does not answer for lost only when the path is gone too', () => {
    const waiting = new Looking().for(1_000, { packets: 12 }).for(20_000, { onPath: true });
    expect(waiting.lost).to.deep.equal([]);
    waiting.for(250, { onPath: false });
    expect(waiting.lost).to.deep.equal(['no-answer at 21250']);
  });

  it('does not take its own sleep for a loss', () => {
    const asleep = new Looking().for(1_000, { packets: 12 });
    asleep.now += 60_000;
    asleep.for(250, { onPath: false });
    asleep.watch.answered(asleep.now, 60_000);
    expect(asleep.lost).to.deep.equal([]);
  });
});
