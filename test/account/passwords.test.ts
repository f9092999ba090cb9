import { expect, test } from 'vitest';
import { Passwords } from '../../appliance/account/passwords.ts';

const passwords = new Passwords();
const PASSWORD = 'correct horse battery';

test('a hash is argon2id with a salt of its own, and only its password matches', async () => {
  const [one, two] = await Promise.all([passwords.hash(PASSWORD), passwords.hash(PASSWORD)]);
  expect(one).toMatch(/^\$argon2id\$v=19\$m=32768,t=3,p=1\$/);
  expect(two).not.toBe(one);
  expect(await passwords.matches(PASSWORD, one)).toBe(true);
  expect(await passwords.matches(`${PASSWORD} `, one)).toBe(false);
  expect(await passwords.matches('', one)).toBe(false);
});

test('the same letters from another keyboard are the same password', async () => {
  const composed = await passwords.hash('caf\u00e9 caf\u00e9');
  expect(await passwords.matches('cafe\u0301 cafe\u0301', composed)).toBe(true);
});

test.each(['', 'short', '1234567', '\u{1F600}\u{1F600}\u{1F600}\u{1F600}'])(
  'the password "%s" is too short',
  async (password) => {
    await expect(passwords.hash(password)).rejects.toMatchObject({ code: 'weak_password' });
  },
);

test.each(['password', 'Password1', 'iloveyou', 'qwertyuiop', '11111111', 'ABABABAB', 'football2024!'])(
  'everybody has the password "%s"',
  async (password) => {
    await expect(passwords.hash(password)).rejects.toMatchObject({ code: 'common_password' });
  },
);

test('a few words in a row are nobody else’s', async () => {
  for (const password of ['a stone bridge', 'three old towers', 'Königsallee 7'])
    await passwords.hash(password);
});

test('more than the box can take at once are asked to come back', async () => {
  const phc = await passwords.hash(PASSWORD);
  const answers = await Promise.allSettled(
    Array.from({ length: 50 }, () => passwords.matches(PASSWORD, phc)),
  );
  const refused = answers.filter(({ status }) => status === 'rejected');
  expect(answers.filter(({ status }) => status === 'fulfilled')).toHaveLength(41);
  expect(refused[0]).toMatchObject({ reason: { code: 'box_busy', retryAfterS: 5 } });
  expect(await passwords.matches(PASSWORD, phc), 'afterwards it goes on').toBe(true);
});
