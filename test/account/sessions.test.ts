import { afterEach, beforeEach, expect, test } from 'vitest';
import { Sessions } from '../../appliance/account/sessions.ts';
import { UbizoError } from '../../appliance/protocol/errors.ts';
import { DAY, HOUR, MINUTE, People } from './people.ts';

let people: People;
const over = { code: 'not_signed_in' };

beforeEach(async () => {
  people = await People.start();
});

afterEach(() => people.stop());

test('each refresh gives a new token; the last one is good, also after a restart', async () => {
  const first = await people.parts.sessions.open('ana');
  const second = await people.parts.sessions.refresh(first.refreshToken);
  expect(second).toMatchObject({ id: first.id, account: 'ana' });
  expect(second.refreshToken).not.toBe(first.refreshToken);
  await people.restart();
  const third = await people.parts.sessions.refresh(second.refreshToken);
  expect(third.refreshToken).not.toBe(second.refreshToken);
  expect(people.parts.sessions.has(first.id, 'ana')).toBe(true);
});

test('a token that is used again later ends the whole family, for the thief and the robbed', async () => {
  const { sessions } = people.parts;
  let told = 0;
  sessions.subscribe(() => told++);
  const stolen = await sessions.open('ana');
  const other = await sessions.open('ana');
  const robbed = await sessions.refresh(stolen.refreshToken);
  people.pass(2 * MINUTE);
  await expect(sessions.refresh(stolen.refreshToken)).rejects.toMatchObject(over);
  expect(told, 'open desks are looked at').toBe(1);
  await expect(sessions.refresh(robbed.refreshToken)).rejects.toMatchObject(over);
  expect(sessions.has(stolen.id, 'ana')).toBe(false);
  expect(sessions.has(other.id, 'ana'), 'another device of theirs').toBe(true);
});

test('who asks twice within a minute, as two pages do, gets the same token', async () => {
  const { sessions } = people.parts;
  const { refreshToken } = await sessions.open('ana');
  const answers = await Promise.all([1, 2, 3].map(() => sessions.refresh(refreshToken)));
  expect(new Set(answers.map((answer) => answer.refreshToken)).size).toBe(1);
  people.pass(30_000);
  expect((await sessions.refresh(refreshToken)).refreshToken).toBe(answers[0]?.refreshToken);
  people.pass(31_000);
  await expect(sessions.refresh(refreshToken)).rejects.toMatchObject(over);
});

test('within that minute, a token from two before is a stolen one', async () => {
  const { sessions } = people.parts;
  const first = await sessions.open('ana');
  const second = await sessions.refresh(first.refreshToken);
  await sessions.refresh(second.refreshToken);
  await expect(sessions.refresh(first.refreshToken)).rejects.toMatchObject(over);
  expect(sessions.has(first.id, 'ana')).toBe(false);
});

test('who asks twice while the signing key changes is no thief', async () => {
  const { sessions } = people.parts;
  const { refreshToken } = await sessions.open('ana');
  const next = await sessions.refresh(refreshToken);
  await people.state.update(({ device }) => {
    device.signingKeys.push({
      id: 'new',
      key: Buffer.alloc(32, 9).toString('base64url'),
      createdAt: people.wall,
    });
  });
  expect((await sessions.refresh(refreshToken)).refreshToken).toBe(next.refreshToken);
});

test('what this box has not given opens nothing and ends nothing', async () => {
  const { sessions } = people.parts;
  const { id, refreshToken } = await sessions.open('ana');
  for (const token of ['', 'x', id, `${id}.`, `${id}.${'A'.repeat(43)}`, `${refreshToken}x`])
    await expect(sessions.refresh(token), token).rejects.toMatchObject(over);
  expect(sessions.has(id, 'ana')).toBe(true);
  expect(sessions.has(id, 'ben'), 'of another account').toBe(false);
});

test('a session that nobody uses ends after thirty days; one that is used goes on', async () => {
  const { sessions } = people.parts;
  const idle = await sessions.open('ana');
  let used = await sessions.open('ana');
  for (let week = 0; week < 5; week++) {
    people.pass(7 * DAY);
    used = await sessions.refresh(used.refreshToken);
  }
  expect(sessions.has(idle.id, 'ana')).toBe(false);
  await expect(sessions.refresh(idle.refreshToken)).rejects.toMatchObject(over);
  expect(sessions.has(used.id, 'ana')).toBe(true);
});

test('signing out ends one session, signing out everywhere ends all', async () => {
  const { sessions } = people.parts;
  const [phone, tablet, other] = [
    await sessions.open('ana'),
    await sessions.open('ana'),
    await sessions.open('ben'),
  ];
  await sessions.close(phone.id);
  expect(sessions.has(phone.id, 'ana')).toBe(false);
  expect(sessions.has(tablet.id, 'ana')).toBe(true);
  await sessions.closeAll('ana');
  expect(sessions.has(tablet.id, 'ana')).toBe(false);
  expect(sessions.has(other.id, 'ben')).toBe(true);
  await people.restart();
  await expect(people.parts.sessions.refresh(tablet.refreshToken)).rejects.toMatchObject(over);
});

test('the eleventh device of one person ends the one that was not used for longest', async () => {
  const { sessions } = people.parts;
  const devices: string[] = [];
  for (let device = 0; device < 11; device++) {
    devices.push((await sessions.open('ana')).id);
    people.pass(MINUTE);
  }
  expect(devices.map((id) => sessions.has(id, 'ana'))).toEqual([false, ...Array<boolean>(10).fill(true)]);
});

test('on a disk that takes nothing a guide signs in all the same, stays in, and gets out', async () => {
  const full = new UbizoError('storage_failed', 'The box could not save that.');
  const before = await people.parts.sessions.open('ana');
  let broken = false;
  const sessions = new Sessions({
    state: {
      get kept() {
        return people.state.kept;
      },
      update: (change) => (broken ? Promise.reject(full) : people.state.update(change)),
    },
    keys: people.parts.keys,
    clock: { now: () => people.wall },
  });
  broken = true;
  const opened = await sessions.open('ana');
  expect(sessions.has(opened.id, 'ana')).toBe(true);
  for (const { refreshToken } of [opened, before])
    expect((await sessions.refresh(refreshToken)).refreshToken).toBe(refreshToken);
  await expect(sessions.closeAll('ana'), 'it is said that this is not saved').rejects.toBe(full);
  for (const { id } of [opened, before]) expect(sessions.has(id, 'ana'), 'but done').toBe(false);
  await expect(sessions.refresh(opened.refreshToken)).rejects.toMatchObject(over);
});

test('a clock that starts in 1970 signs nobody out, and makes nothing valid that has expired', async () => {
  const account = { account: 'ana', session: 's' };
  const { id, refreshToken } = await people.parts.sessions.open('ana');
  const expired = await people.parts.tokens.issue('account', account);
  people.pass(HOUR);
  await expect(people.parts.tokens.verify('account', expired)).rejects.toMatchObject({
    code: 'token_invalid',
  });
  const good = await people.parts.tokens.issue('account', account);
  await people.restart(0);
  await expect(people.parts.tokens.verify('account', expired)).rejects.toMatchObject({
    code: 'token_invalid',
  });
  expect(await people.parts.tokens.verify('account', good)).toEqual(account);
  expect(people.parts.sessions.has(id, 'ana')).toBe(true);
  await people.parts.sessions.refresh(refreshToken);
  people.pass(16 * MINUTE);
  await expect(people.parts.tokens.verify('account', good)).rejects.toMatchObject({ code: 'token_invalid' });
});

test('a clock that leaps by a day, either way, signs nobody out', async () => {
  let { id, refreshToken } = await people.parts.sessions.open('ana');
  for (const leap of [DAY, -DAY, 3 * DAY, -5 * DAY]) {
    people.wall += leap;
    ({ id, refreshToken } = await people.parts.sessions.refresh(refreshToken));
    await people.restart(people.wall);
    ({ id, refreshToken } = await people.parts.sessions.refresh(refreshToken));
    expect(people.parts.sessions.has(id, 'ana')).toBe(true);
  }
});
