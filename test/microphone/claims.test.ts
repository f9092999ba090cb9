import { setImmediate as turn } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { type Claimant, Claims } from '../../appliance/microphone/claims.ts';

const claims = (): Claims => new Claims({ isShared: (id) => id === 'phone' });

/** A tour that tells what it is given and what it is taken. */
class Tour implements Claimant {
  live = false;
  has = false;
  /** How long it takes to let go. */
  lettingGo: Promise<unknown> = Promise.resolve();
  /** It may begin. */
  free = false;

  granted(free: Promise<unknown> | undefined): void {
    this.has = true;
    void Promise.resolve(free).then(() => (this.free = this.has));
  }

  revoked(): Promise<unknown> {
    this.has = false;
    this.free = false;
    return this.lettingGo;
  }
}

test('a live tour takes the microphone from one that only tries it, and gives it back at its end', () => {
  const all = claims();
  const [trying, live] = [new Tour(), new Tour()];
  all.claim('alsa:default', trying);
  expect(trying.has).toBe(true);
  const release = all.claim('alsa:default', live);
  expect([trying.has, live.has]).toEqual([true, false]);
  expect(all.isTaken('alsa:default', live), 'who only tries it does not keep it').toBe(false);
  live.live = true;
  all.settle('alsa:default');
  expect([trying.has, live.has]).toEqual([false, true]);
  expect(all.isTaken('alsa:default', trying)).toBe(true);
  live.has = false;
  release(Promise.resolve());
  expect(trying.has).toBe(true);
  expect(all.isTaken('alsa:default', trying)).toBe(false);
});

test('of two live tours the first one keeps it, also through its pause while nobody else is live', () => {
  const all = claims();
  const [first, second] = [new Tour(), new Tour()];
  first.live = second.live = true;
  all.claim('alsa:default', first);
  all.claim('alsa:default', second);
  expect([first.has, second.has]).toEqual([true, false]);
  first.live = false;
  second.live = false;
  all.settle('alsa:default');
  expect(first.has).toBe(true);
  second.live = true;
  all.settle('alsa:default');
  expect([first.has, second.has]).toEqual([false, true]);
});

test('nobody begins before the one before has let go, however often it changes hands', async () => {
  const all = claims();
  const [one, two] = [new Tour(), new Tour()];
  const { promise, resolve } = Promise.withResolvers<void>();
  one.lettingGo = promise;
  one.live = true;
  all.claim('alsa:default', one);
  const release = all.claim('alsa:default', two);
  two.live = true;
  one.live = false;
  all.settle('alsa:default');
  await turn();
  expect([two.has, two.free]).toEqual([true, false]);
  two.has = false;
  release(Promise.resolve());
  await turn();
  expect([one.has, one.free]).toEqual([true, false]);
  resolve();
  await turn();
  expect(one.free).toBe(true);
});

test('phones, and other devices, are nobody else’s business', () => {
  const all = claims();
  const tours = [new Tour(), new Tour(), new Tour()];
  for (const tour of tours) tour.live = true;
  all.claim('phone', tours[0]!);
  all.claim('phone', tours[1]!);
  all.claim('alsa:other', tours[2]!);
  expect(tours.map(({ has }) => has)).toEqual([true, true, true]);
  expect(all.isTaken('phone', tours[1]!)).toBe(false);
});
