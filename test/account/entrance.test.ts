import { afterEach, beforeEach, expect, test } from 'vitest';
import { type Comer, expectActive } from '../../appliance/account/entrance.ts';
import { PASSWORD, People, SETUP_CODE } from './people.ts';

let people: People;
const OWNER = { email: 'owner@example.org', password: PASSWORD, setupCode: SETUP_CODE, address: '10.0.0.2' };

beforeEach(async () => {
  people = await People.start();
});

afterEach(() => people.stop());

const claim = (given: Partial<typeof OWNER> = {}) =>
  people.parts.entrance.claim(
    { ...OWNER, proven: false, ...given },
    { before: () => Promise.resolve(), also: () => undefined },
  );

async function enter(given: Partial<Comer> = {}) {
  const entered = await people.parts.entrance.enter({
    email: 'ana@example.org',
    password: PASSWORD,
    role: 'guide',
    create: true,
    address: '10.0.0.3',
    ...given,
  });
  expectActive(entered.account);
  return entered;
}

test('who has the setup code claims the box, once in its life', async () => {
  await expect(claim({ setupCode: 'WRONG234' })).rejects.toMatchObject({ code: 'wrong_setup_code' });
  await expect(claim({ password: 'short' })).rejects.toMatchObject({ code: 'weak_password' });
  expect(people.parts.accounts.claimed).toBe(false);
  expect(await claim()).toMatchObject({ role: 'owner', status: 'active' });
  await expect(claim({ email: 'thief@example.org' })).rejects.toMatchObject({ code: 'already_claimed' });
  await people.restart();
  expect(people.parts.accounts.claimed).toBe(true);
  expect(people.parts.accounts.all()).toHaveLength(1);
});

test('two who claim at the same moment do not both get it', async () => {
  const claims = await Promise.allSettled([claim(), claim({ email: 'second@example.org' })]);
  expect(claims.map(({ status }) => status)).toEqual(['fulfilled', 'rejected']);
  expect(people.parts.accounts.all()).toHaveLength(1);
});

test('before the claim nobody signs in', async () => {
  await expect(enter()).rejects.toMatchObject({ code: 'not_claimed' });
});

test('a password is stored as a hash, and nowhere else', async () => {
  await claim();
  expect(JSON.stringify(people.state.kept.accounts)).not.toContain(PASSWORD);
  expect(people.state.kept.accounts[0]?.passwordHash).toMatch(/^\$argon2id\$/);
});

test('a new guide waits for the owner, or brings the setup code', async () => {
  await claim();
  await expect(enter()).rejects.toMatchObject({ code: 'account_waiting' });
  await expect(enter(), 'still').rejects.toMatchObject({ code: 'account_waiting' });
  await expect(enter({ setupCode: 'WRONG234' })).rejects.toMatchObject({ code: 'wrong_setup_code' });
  expect(await enter({ setupCode: SETUP_CODE })).toMatchObject({
    isNew: false,
    account: { role: 'guide', status: 'active' },
  });
  const ben = await enter({ email: 'ben@example.org', setupCode: SETUP_CODE });
  expect(ben).toMatchObject({ isNew: true, account: { status: 'active' } });
  await expect(enter({ email: 'eve@example.org' })).rejects.toMatchObject({ code: 'account_waiting' });
  const eve = people.parts.accounts.byEmail('eve@example.org')!;
  await people.parts.accounts.change(eve.id, { status: 'active' });
  expect(await enter({ email: 'eve@example.org' })).toMatchObject({ isNew: false });
});

test('a visitor gets an account at once, and no more with it than a visitor', async () => {
  await claim();
  expect(await enter({ role: 'attendee' })).toMatchObject({
    isNew: true,
    account: { role: 'attendee', status: 'active' },
  });
  await expect(enter({ role: 'guide' })).rejects.toMatchObject({ code: 'account_waiting' });
});

test('nobody makes themselves an owner', async () => {
  await claim();
  await expect(enter({ role: 'owner' })).rejects.toMatchObject({ code: 'wrong_password' });
  const { account } = await enter({ role: 'guide', setupCode: SETUP_CODE });
  expect((await enter({ role: 'owner' })).account).toMatchObject({ id: account.id, role: 'guide' });
});

test('a wrong password is said to be wrong, and after five one waits', async () => {
  await claim();
  await enter({ setupCode: SETUP_CODE });
  for (let wrong = 0; wrong < 5; wrong++)
    await expect(enter({ password: 'not this one' })).rejects.toMatchObject({ code: 'wrong_password' });
  await expect(enter()).rejects.toMatchObject({ code: 'too_many_attempts', retryAfterS: 30 });
  expect(await enter({ address: '10.0.0.4' }), 'from their own phone').toMatchObject({ isNew: false });
});

test('whom the owner locks out is told so, and only with the right password', async () => {
  await claim();
  const { account } = await enter({ setupCode: SETUP_CODE });
  await people.parts.accounts.change(account.id, { status: 'locked' });
  await expect(enter()).rejects.toMatchObject({ code: 'account_locked' });
  await expect(enter({ setupCode: SETUP_CODE })).rejects.toMatchObject({ code: 'account_locked' });
  await expect(enter({ password: 'not this one' })).rejects.toMatchObject({ code: 'wrong_password' });
});

test('a box is never without an owner', async () => {
  const owner = await claim();
  const { accounts } = people.parts;
  for (const change of [{ role: 'guide' }, { status: 'locked' }] as const)
    await expect(accounts.change(owner.id, change)).rejects.toMatchObject({ code: 'last_owner' });
  await expect(accounts.remove(owner.id)).rejects.toMatchObject({ code: 'last_owner' });
  const { account } = await enter({ setupCode: SETUP_CODE });
  await accounts.change(account.id, { role: 'owner' });
  await accounts.remove(owner.id);
  expect(accounts.all().map(({ role }) => role)).toEqual(['owner']);
});

test('an account that is removed is gone with its sessions', async () => {
  await claim();
  const { account } = await enter({ setupCode: SETUP_CODE });
  const { id, refreshToken } = await people.parts.sessions.open(account.id);
  await people.parts.accounts.remove(account.id);
  expect(people.parts.sessions.has(id, account.id)).toBe(false);
  await expect(people.parts.sessions.refresh(refreshToken)).rejects.toMatchObject({ code: 'not_signed_in' });
  await expect(people.parts.accounts.remove(account.id)).rejects.toMatchObject({ code: 'account_not_found' });
});

const visitor = (seat: number) => enter({ email: `guest${seat}@example.org`, role: 'attendee' });

test('a coach that signs in all at once, and asks again and again, is not taken for a guesser', async () => {
  await claim();
  const coach = Array.from({ length: 60 }, (_, seat) => seat);
  const codes: string[] = [];
  const enterAll = async (seats: readonly number[]): Promise<void> => {
    for (const answer of await Promise.allSettled(seats.map(visitor)))
      if (answer.status === 'rejected') codes.push((answer.reason as { code: string }).code);
  };
  const early = enterAll(coach.slice(0, 41));
  for (let round = 0; round < 5; round++) await enterAll(coach.slice(45));
  await early;
  expect(codes).toContain('box_busy');
  expect(codes).not.toContain('too_many_attempts');
  for (const seat of coach) await visitor(seat);
}, 60_000);

/** Strangers have made so many accounts, and are signed in. */
async function crowd(size: number, status: 'active' | 'waiting'): Promise<void> {
  const role = status === 'active' ? 'attendee' : 'guide';
  await people.state.update((draft) => {
    for (let at = 0; at < size; at++) {
      const id = `stranger${at}`;
      const email = `${id}@example.org`;
      const times = { createdAt: 0, rotatedAt: 0, expiresAt: Number.MAX_SAFE_INTEGER };
      draft.accounts.push({ id, email, role, status, passwordHash: 'none', createdAt: 0 });
      draft.sessions.push({ id, account: id, tokenHash: 'none', usedHashes: [], ...times });
    }
  });
}

test('a guide with the setup code gets in, however many strangers have accounts', async () => {
  await claim();
  await crowd(1_999, 'active');
  await expect(enter({ role: 'attendee' })).rejects.toMatchObject({ code: 'accounts_full' });
  expect(await enter({ setupCode: SETUP_CODE })).toMatchObject({ account: { role: 'guide' } });
  expect(people.parts.accounts.all()).toHaveLength(2_000);
});

test('the owner’s list of those who wait is not made longer by visitors who want to be guides', async () => {
  await claim();
  await enter({ role: 'attendee' });
  await crowd(50, 'waiting');
  await expect(enter()).rejects.toMatchObject({ code: 'accounts_full' });
  expect(await enter({ role: 'attendee' })).toMatchObject({ account: { status: 'active' } });
});
