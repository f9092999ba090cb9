import { afterEach, beforeEach, expect, test } from 'vitest';
import { problemOf, SETUP_CODE, TestBox } from './test-box.ts';

let box: TestBox;

beforeEach(async () => {
  box = await TestBox.start();
});

afterEach(() => box.stop());

const signIn = (setupCode: unknown): Promise<Response> =>
  box.call('/api/sign-in', { method: 'POST', body: { setupCode } });

test('the setup code makes a guide, however it is typed', async () => {
  const response = await signIn(` ${SETUP_CODE.slice(0, 4).toLowerCase()}-${SETUP_CODE.slice(4)} `);
  expect(response.status).toBe(200);
  const [cookie = ''] = response.headers.getSetCookie();
  expect(cookie).toMatch(/^ubizo_access=.+; Path=\/; HttpOnly; SameSite=Strict; Max-Age=43200$/);
  const who = await box.call('/api/sign-in', { cookie: cookie.split(';')[0] ?? '' });
  expect(await who.json()).toMatchObject({ claimed: false, signedIn: { role: 'guide' } });
});

test('signing out takes the cookie back', async () => {
  const response = await box.call('/api/sign-in', { method: 'DELETE', cookie: box.cookie });
  expect(response.status).toBe(204);
  expect(response.headers.getSetCookie()[0]).toMatch(/^ubizo_access=; .*Max-Age=0/);
});

test('a wrong code is refused, and guessing is stopped after ten', async () => {
  for (let guess = 0; guess < 10; guess++)
    expect(await problemOf(await signIn('WRONG234'))).toEqual({ status: 401, code: 'wrong_setup_code' });
  const stopped = await signIn('WRONG234');
  expect(stopped.headers.get('retry-after')).toBe('900');
  expect(await problemOf(stopped)).toEqual({ status: 429, code: 'too_many_attempts' });
  expect(await problemOf(await signIn(SETUP_CODE)), 'the right code is no oracle').toMatchObject({
    status: 429,
  });
});

test('guesses at the same moment are counted too', async () => {
  const answers = await Promise.all(Array.from({ length: 30 }, () => signIn('WRONG234')));
  const codes = await Promise.all(answers.map(async (answer) => (await problemOf(answer)).code));
  expect(codes.filter((code) => code === 'wrong_setup_code')).toHaveLength(10);
});

test('a right code forgets the wrong ones before it', async () => {
  for (let guess = 0; guess < 9; guess++) await signIn('WRONG234');
  expect((await signIn(SETUP_CODE)).status).toBe(200);
  for (let guess = 0; guess < 9; guess++) await signIn('WRONG234');
  expect((await signIn(SETUP_CODE)).status).toBe(200);
});

test('what is not a sign-in is refused in words', async () => {
  expect(await problemOf(await signIn(17))).toEqual({ status: 400, code: 'bad_request' });
  expect(await problemOf(await signIn(' '))).toEqual({ status: 400, code: 'bad_request' });
  const type = { 'content-type': 'application/json' };
  const broken = await box.call('/api/sign-in', { method: 'POST', body: '{', headers: type });
  expect(await problemOf(broken)).toEqual({ status: 400, code: 'bad_json' });
  const form = await box.call('/api/sign-in', { method: 'POST', body: `setupCode=${SETUP_CODE}` });
  expect(await problemOf(form)).toEqual({ status: 415, code: 'unsupported_media_type' });
  const huge = await signIn('x'.repeat(70_000));
  expect(await problemOf(huge)).toEqual({ status: 413, code: 'body_too_large' });
});
