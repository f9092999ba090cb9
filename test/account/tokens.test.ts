import { exportSPKI, generateKeyPair, SignJWT, UnsecuredJWT } from 'jose';
import { expect, test } from 'vitest';
import { newSetupCode } from '../../appliance/account/setup-code.ts';
import { Tokens } from '../../appliance/account/tokens.ts';

const KEY = Buffer.alloc(32, 7);
const record = { id: 'k1', key: KEY.toString('base64url'), createdAt: 0 };
const keys = { current: record, find: (id?: string) => (id === record.id ? record : undefined) };
const tokens = new Tokens({ keys, clock: Date });
const visitor = { id: 'a', tour: 't', language: 'es', name: 'Ana' } as const;

interface Claims {
  readonly key?: Buffer;
  readonly expires?: string | number;
  readonly issuer?: string;
  readonly audience?: string;
  readonly alg?: string;
  readonly kid?: string;
  readonly body?: Record<string, unknown>;
}

function signed({
  key = KEY,
  expires = '1h',
  issuer = 'ubizo',
  audience = 'attendee',
  alg = 'HS256',
  kid = 'k1',
  body = visitor,
}: Claims): Promise<string> {
  return new SignJWT(body)
    .setProtectedHeader({ alg, kid })
    .setIssuer(issuer)
    .setAudience(audience)
    .setJti('x')
    .setIssuedAt()
    .setExpirationTime(expires)
    .sign(key);
}

test('a pass says who holds it, also after a restart', async () => {
  const token = await tokens.issue('attendee', visitor);
  const restarted = new Tokens({ keys, clock: Date });
  expect(await restarted.verify('attendee', token)).toEqual(visitor);
  expect(await tokens.verify('attendee', await signed({}))).toEqual(visitor);
  expect(await tokens.issue('attendee', visitor), 'no two are the same').not.toBe(token);
});

test.each<[string, Claims]>([
  ['of another box', { key: Buffer.alloc(32, 8) }],
  ['that has expired', { expires: Math.floor(Date.now() / 1_000) - 1 }],
  ['from another issuer', { issuer: 'other' }],
  ['for another role', { audience: 'account' }],
  ['signed with a key that is no more', { kid: 'k0' }],
  ['signed in another way', { alg: 'HS512', key: Buffer.concat([KEY, KEY]) }],
  ['without a tour', { body: { id: 'a', language: 'es' } }],
])('a pass %s opens nothing', async (_, claims) => {
  await expect(tokens.verify('attendee', await signed(claims))).rejects.toMatchObject({
    code: 'token_invalid',
  });
});

test('a pass that nobody signed, or that was changed, opens nothing', async () => {
  const unsigned = new UnsecuredJWT({ ...visitor })
    .setIssuer('ubizo')
    .setAudience('attendee')
    .setExpirationTime('1h')
    .encode();
  const [head, , signature] = (await tokens.issue('attendee', visitor)).split('.');
  const body = Buffer.from(JSON.stringify({ ...visitor, tour: 'other', iss: 'ubizo', aud: 'attendee' }));
  const changed = [head, body.toString('base64url'), signature].join('.');
  for (const token of [unsigned, changed, '', 'x', 'a.b.c'])
    await expect(tokens.verify('attendee', token), token).rejects.toMatchObject({ code: 'token_invalid' });
});

test('a visitor’s pass does not make a guide', async () => {
  const pass = await tokens.issue('attendee', visitor);
  for (const kind of ['setup', 'account'] as const)
    await expect(tokens.verify(kind, pass)).rejects.toMatchObject({ code: 'token_invalid' });
  expect(await tokens.verify('setup', await tokens.issue('setup', {}))).toEqual({});
});

test('a public key is no secret to sign with (RS256 taken for HS256)', async () => {
  const { publicKey, privateKey } = await generateKeyPair('RS256', { extractable: true });
  const pem = Buffer.from(await exportSPKI(publicKey));
  const confused = await signed({ key: pem });
  const foreign = await new SignJWT(visitor)
    .setProtectedHeader({ alg: 'RS256', kid: 'k1' })
    .setIssuer('ubizo')
    .setAudience('attendee')
    .setExpirationTime('1h')
    .sign(privateKey);
  for (const token of [confused, foreign])
    await expect(tokens.verify('attendee', token)).rejects.toMatchObject({ code: 'token_invalid' });
});

test('a setup code can be read off a label: nothing in it looks like something else', () => {
  for (let i = 0; i < 200; i++) expect(newSetupCode()).toMatch(/^[2-9A-HJKMNP-TV-Z]{8}$/);
});
