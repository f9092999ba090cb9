import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { SETUP_CODE, type TestBox } from './test-box.ts';

export const PASSWORD = 'correct horse battery';
export const OWNER = 'owner@example.org';

/** The `name=value` pairs of what an answer sets, as a browser would send them back. */
export function cookiesOf(response: Response): string {
  return response.headers
    .getSetCookie()
    .map((cookie) => cookie.split(';')[0])
    .join('; ');
}

/** What `name` is in such a list. */
export function cookieNamed(cookies: string, name: string): string {
  return new RegExp(`(?:^|; )${name}=([^;]*)`).exec(cookies)?.[1] ?? '';
}

export function claim(box: TestBox, more: object = {}): Promise<Response> {
  const body = { setupCode: SETUP_CODE, email: OWNER, password: PASSWORD, ...more };
  return box.call('/api/claim', { method: 'POST', body });
}

export function enter(box: TestBox, email: string, more: object = {}): Promise<Response> {
  const body = { email, password: PASSWORD, role: 'guide', create: true, ...more };
  return box.call('/api/sign-in', { method: 'POST', body });
}

/** The cookies of someone who has signed in, or made an account. @throws when they are refused. */
export async function cookiesFor(box: TestBox, email: string, more: object = {}): Promise<string> {
  const response = await enter(box, email, more);
  if (!response.ok) throw new Error(await response.text());
  return cookiesOf(response);
}

/** What only the box itself knows: the key that signs, and its id. */
export async function keyOf(box: TestBox): Promise<{ id: string; key: Buffer }> {
  const state = JSON.parse(await readFile(join(box.data, 'state.json'), 'utf8')) as {
    device: { signingKeys: { id: string; key: string }[] };
  };
  const { id, key } = state.device.signingKeys.at(-1)!;
  return { id, key: Buffer.from(key, 'base64url') };
}
