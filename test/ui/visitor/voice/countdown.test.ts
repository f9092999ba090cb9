import { expect } from '@open-wc/testing';
import { Countdown } from '../../../../ui/visitor/voice/countdown.ts';
import { waitUntil } from '../../patience.ts';

it('a countdown goes by the phone’s own clock, and the same end told again changes nothing', async () => {
  let now = 0;
  let over = 0;
  const countdown = new Countdown(
    { requestUpdate: () => undefined },
    { now: () => now, onOver: () => over++ },
  );
  // The box's clock is of another year.
  countdown.begin(123, 30_000);
  expect(countdown.left).to.equal(30);
  now = 12_400;
  countdown.begin(124, 30_000);
  await waitUntil(() => countdown.left === 18, 'eighteen seconds');
  now = 30_000;
  await waitUntil(() => countdown.left === 0, 'the end');
  expect(over).to.equal(1);
  countdown.begin(45_678, 30_000);
  expect(countdown.left, 'another turn').to.equal(30);
  countdown.stop();
  expect(countdown.left).to.equal(undefined);
});
