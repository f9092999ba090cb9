import { SignJWT, UnsecuredJWT } from 'jose';
import { expect, test } from 'vitest';
import { newSetupCode } from '../../appliance/account/setup-code.ts';
import { Tokens } from '../../appliance/account/tokens.ts';

const KEY = Buffer.alloc(32, 7);
const tokens = new Tokens({ key: KEY.toString('base64url') });
const visitor = { role: 'attendee', id: 'a', tour: 't', language: 'es', name: 'Ana' } as const;

interface Claims {
  readonly key?: Buffer;
  readonly expires?: string | number;
  readonly issuer?: string;
  readonly audience?: string;
  readonly alg?: string;
  readonly body?: Record<string, unknown>;
}

function signed({
  key = KEY,
  expires = '1h',
  issuer = 'ubizo',
  audience = 'attendee',
  alg = 'HS256',
  body = visitor,
}: Claims): Promise<string> {
  return new SignJWT(body)
    .setProtectedHeader({ alg })
    .setIssuer(issuer)
    .setAudience(audience)
    .setExpirationTime(expires)
    .sign(key);
}

test('a pass says who holds it, also after a restart', async () => {
  const token = await tokens.issue(visitor);
  const restarted = new Tokens({ key: KEY.toString('base64url') });
  expect(await restarted.verify(token, 'attendee')).toEqual(visitor);
  expect(await tokens.verify(await signed({}), 'attendee')).toEqual(visitor);
  expect(await tokens.issue(visitor), 'no two are the same').not.toBe(token);
});

test.each<[string, Claims]>([
  ['of another box', { key: Buffer.alloc(32, 8) }],
  ['that has expired', { expires: Math.floor(Date.now() / 1_000) - 1 }],
  ['from another issuer', { issuer: 'other' }],
  ['for another role', { audience: 'guide' }],
  ['signed in another way', { alg: 'HS512', key: Buffer.concat([KEY, KEY]) }],
  ['without a tour', { body: { role: 'attendee', id: 'a', language: 'es' } }],
])('a pass %s opens nothing', async (_, claims) => {
  await expect(tokens.verify(await signed(claims), 'attendee')).rejects.toMatchObject({
    code: 'token_invalid',
  });
});

test('a pass that nobody signed, or that was changed, opens nothing', async () => {
  const unsigned = new UnsecuredJWT({ ...visitor })
    .setIssuer('ubizo')
    .setAudience('attendee')
    .setExpirationTime('1h')
    .encode();
  const [head, , signature] = (await tokens.issue(visitor)).split('.');
  const body = Buffer.from(JSON.stringify({ ...visitor, tour: 'other', iss: 'ubizo', aud: 'attendee' }));
  const changed = [head, body.toString('base64url'), signature].join('.');
  for (const token of [unsigned, changed, '', 'x', 'a.b.c'])
    await expect(tokens.verify(token, 'attendee'), token).rejects.toMatchObject({ code: 'token_invalid' });
});

test('a visitor’s pass does not make a guide', async () => {
  await expect(tokens.verify(await tokens.issue(visitor), 'guide')).rejects.toMatchObject({
    code: 'token_invalid',
  });
  expect(await tokens.verify(await tokens.issue({ role: 'guide' }), 'guide')).toEqual({ role: 'guide' });
});

test('a setup code can be read off a label: nothing in it looks like something else', () => {
  for (let i = 0; i < 200; i++) expect(newSetupCode()).toMatch(/^[2-9A-HJKMNP-TV-Z]{8}$/);
});
