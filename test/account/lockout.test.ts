import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { Lockout } from '../../appliance/account/lockout.ts';

let lockout: Lockout;

beforeEach(() => {
  vi.useFakeTimers();
  lockout = new Lockout();
});

afterEach(() => {
  vi.useRealTimers();
});

/** Wrong tries until one is refused. @returns how many were let through, and how long to wait, s. */
async function tryWrong(email = 'ana@example.org', address = '10.0.0.2'): Promise<[number, number]> {
  for (let tries = 0; ; tries++) {
    try {
      await lockout.count(email, address);
    } catch (error) {
      expect(error).toMatchObject({ code: 'too_many_attempts' });
      return [tries, Math.round((error as { retryAfterS: number }).retryAfterS)];
    }
  }
}

test('after five wrong passwords one waits, and twice as long each time, an hour at most', async () => {
  const waits: number[] = [];
  for (let round = 0; round < 9; round++) {
    const [tries, seconds] = await tryWrong();
    expect(tries).toBe(5);
    waits.push(seconds);
    await vi.advanceTimersByTimeAsync(seconds * 1_000 + 1);
  }
  expect(waits).toEqual([30, 60, 120, 240, 480, 960, 1_920, 3_600, 3_600]);
});

test('while one waits, even the right password is not looked at', async () => {
  await tryWrong();
  await vi.advanceTimersByTimeAsync(29_000);
  await expect(lockout.count('ana@example.org', '10.0.0.2')).rejects.toMatchObject({ retryAfterS: 1 });
  await vi.advanceTimersByTimeAsync(1_001);
  await lockout.count('ana@example.org', '10.0.0.2');
});

test('the right password makes the wrong ones before it forgotten', async () => {
  for (let day = 0; day < 3; day++) {
    for (let wrong = 0; wrong < 4; wrong++) await lockout.count('ana@example.org', '10.0.0.2');
    await lockout.count('ana@example.org', '10.0.0.2');
    await lockout.right('ana@example.org', '10.0.0.2');
  }
});

test('who is locked out locks out neither their group nor themselves elsewhere', async () => {
  for (let round = 0; round < 3; round++) await tryWrong();
  await lockout.count('ben@example.org', '10.0.0.2');
  await lockout.count('ana@example.org', '10.0.0.3');
});

test('trying one password on many accounts is stopped by its address', async () => {
  let tries = 0;
  await expect(
    (async () => {
      for (; tries < 1_000; tries++) await lockout.count(`guest${tries}@example.org`, '10.0.0.2');
    })(),
  ).rejects.toMatchObject({ code: 'too_many_attempts' });
  expect(tries).toBe(60);
  await lockout.count('ana@example.org', '10.0.0.3');
});

test('trying one account from many addresses is stopped, for a quarter of an hour at most', async () => {
  const guess = async (from: number): Promise<void> => {
    for (let at = from; at < from + 1_000; at++)
      await lockout.count('ana@example.org', `10.0.${at >> 8}.${at & 255}`);
  };
  for (let round = 1; round <= 8; round++) {
    await expect(guess(round * 1_000)).rejects.toMatchObject({ code: 'too_many_attempts' });
    await vi.advanceTimersByTimeAsync(15 * 60_000 + 1);
  }
  await lockout.count('ana@example.org', '10.9.9.9');
});

test('a group of sixty signs in at once behind one address', async () => {
  for (let person = 0; person < 200; person++) {
    await lockout.count(`guest${person}@example.org`, '10.0.0.1');
    await lockout.right(`guest${person}@example.org`, '10.0.0.1');
  }
});

test('whoever goes on with other names fills no memory once their address is locked', async () => {
  for (let at = 0; at < 2_000; at++)
    await lockout.count(`guest${at}@example.org`, '10.0.0.2').catch(() => undefined);
  // Each thing that is remembered has a timer by which it is forgotten.
  expect(vi.getTimerCount()).toBeLessThan(200);
});

test('who tries while others have locked the account is in as soon as that is over', async () => {
  for (let at = 0; at <= 50; at++)
    await lockout.count('ana@example.org', `10.0.1.${at}`).catch(() => undefined);
  for (let second = 0; second < 60; second++) {
    await expect(lockout.count('ana@example.org', '10.0.0.2')).rejects.toMatchObject({
      code: 'too_many_attempts',
    });
    await vi.advanceTimersByTimeAsync(1_000);
  }
  await vi.advanceTimersByTimeAsync(1);
  await lockout.count('ana@example.org', '10.0.0.2');
});
