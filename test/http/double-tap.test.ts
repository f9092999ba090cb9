import { afterAll, beforeAll, expect, test } from 'vitest';
import { claim, cookiesFor, cookiesOf, enter } from './guests.ts';
import { problemOf, SETUP_CODE, TestBox } from './test-box.ts';

let box: TestBox;

beforeAll(async () => {
  box = await TestBox.start();
  box.cookie = cookiesOf(await claim(box));
});

afterAll(() => box.stop());

test('who signs up twice at once has one account, and is told the same twice', async () => {
  const [one, two] = await Promise.all(
    Array.from({ length: 2 }, () => enter(box, 'twice@example.org', { setupCode: SETUP_CODE })),
  );
  expect([one?.status, two?.status]).toEqual([201, 201]);
  expect(await one?.json()).toEqual(await two?.json());
  const waiting = await Promise.all(Array.from({ length: 3 }, () => enter(box, 'waits@example.org')));
  for (const answer of waiting)
    expect(await problemOf(answer)).toEqual({ status: 403, code: 'account_waiting' });
  const others = await Promise.all(
    ['one and the same', 'somebody else’s'].map((password) =>
      enter(box, 'rivals@example.org', { role: 'attendee', password }),
    ),
  );
  expect(others.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([201, 401]);
  const { accounts } = (await (await box.call('/api/accounts', { cookie: box.cookie })).json()) as {
    accounts: { email: string }[];
  };
  for (const email of ['twice@example.org', 'waits@example.org', 'rivals@example.org'])
    expect(accounts.filter((each) => each.email === email)).toHaveLength(1);
  expect(await cookiesFor(box, 'twice@example.org')).toContain('ubizo_access');
});

test('who claims the box twice at once owns it once, and is told the same twice', async () => {
  const fresh = await TestBox.start();
  try {
    const answers = await Promise.all([claim(fresh), claim(fresh)]);
    expect(answers.map(({ status }) => status)).toEqual([201, 201]);
    expect(await answers[0]?.json()).toEqual(await answers[1]?.json());
    expect(await problemOf(await claim(fresh))).toEqual({ status: 409, code: 'already_claimed' });
  } finally {
    await fresh.stop();
  }
});
