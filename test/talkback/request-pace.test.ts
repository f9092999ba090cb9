import { expect, test } from 'vitest';
import { RequestPace } from '../../appliance/talkback/request-pace.ts';

const tooMany = expect.objectContaining({ code: 'too_many_attempts', retryAfterS: 49 }) as Error;

test('who asks for the floor a dozen times a minute waits until the first of them is a minute ago; others do not', () => {
  const pace = new RequestPace();
  for (let at = 0; at < 12; at++) pace.take('a', at * 1_000);
  expect(() => pace.take('a', 11_500)).toThrow(tooMany);
  pace.take('b', 11_500);
  pace.take('a', 60_000);
  expect(() => pace.take('a', 60_500)).toThrow();
});

test('nothing is remembered of who has not asked for a minute', () => {
  const pace = new RequestPace();
  for (let n = 0; n < 1_000; n++) pace.take(`v${n}`, n);
  pace.take('v0', 30_000);
  pace.take('late', 61_000);
  expect(pace.size).toBe(2);
});
