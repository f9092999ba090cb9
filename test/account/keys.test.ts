import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { DAY, HOUR, People } from './people.ts';

let people: People;

beforeEach(async () => {
  people = await People.start();
});

afterEach(() => people.stop());

const refused = { code: 'token_invalid' };
const pass = { id: 'a', tour: 't', language: 'es' };

async function renewed(): Promise<void> {
  const { id } = people.parts.keys.current;
  people.parts.keys.start();
  await vi.waitFor(() => expect(people.parts.keys.current.id).not.toBe(id));
}

test('a new box makes a key of its own, and keeps it', async () => {
  const { id, key } = people.parts.keys.current;
  expect(Buffer.from(key, 'base64url')).toHaveLength(32);
  const token = await people.parts.tokens.issue('attendee', pass);
  await people.restart();
  expect(people.parts.keys.current.id).toBe(id);
  expect(await people.parts.tokens.verify('attendee', token)).toEqual(pass);
});

test('after a month a new key signs, and what the old one signed is good until it expires', async () => {
  people.pass(30 * DAY - HOUR);
  const token = await people.parts.tokens.issue('attendee', pass);
  people.pass(HOUR);
  await renewed();
  expect(await people.parts.tokens.verify('attendee', token)).toEqual(pass);
  expect(people.state.kept.device.signingKeys).toHaveLength(2);
  people.pass(26 * HOUR);
  people.parts.keys.stop();
  people.parts.keys.start();
  await vi.waitFor(() => expect(people.state.kept.device.signingKeys).toHaveLength(1));
  await expect(people.parts.tokens.verify('attendee', token)).rejects.toMatchObject(refused);
});

test('with all keys replaced, nothing that was signed before is good and nobody is signed in', async () => {
  const { tokens, sessions, keys } = people.parts;
  const token = await tokens.issue('attendee', pass);
  const { id, refreshToken } = await sessions.open('ana');
  await keys.replaceAll();
  await expect(tokens.verify('attendee', token)).rejects.toMatchObject(refused);
  expect(sessions.has(id, 'ana')).toBe(false);
  await expect(sessions.refresh(refreshToken)).rejects.toMatchObject({ code: 'not_signed_in' });
  expect(await tokens.verify('attendee', await tokens.issue('attendee', pass))).toEqual(pass);
});
