import { expect, test } from 'vitest';
import { email } from '../../appliance/protocol/email.ts';

test.each([
  ['tours&more@example.org', 'tours&more@example.org'],
  ["o'neil.#!$%&'*+/=?^_`{|}~-@example.org", "o'neil.#!$%&'*+/=?^_`{|}~-@example.org"],
  [' Ana@Example.ORG\u200B ', 'ana@example.org'],
  ['\u2060ana@exa\u00ADmple.org', 'ana@example.org'],
  ['ａｎａ＠example.org', 'ana@example.org'],
  ['ana@Müller.example', 'ana@xn--mller-kva.example'],
  ['ana@xn--mller-kva.example', 'ana@xn--mller-kva.example'],
  ['ana@例え.テスト', 'ana@xn--r8jz45g.xn--zckzah'],
  ['owner@localhost', 'owner@localhost'],
])('%s is kept as %s', (typed, kept) => {
  expect(email.parse(typed)).toBe(kept);
  expect(email.parse(kept)).toBe(kept);
});

test.each([
  'nobody',
  'a b@example.org',
  'ana@exa mple.org',
  '@example.org',
  'ana@',
  'ana@-example.org',
  'ana@example..org',
  'ana@müller.org/inbox',
  'ana@mü\u0000ller.org',
  'jürgen@example.org',
  `${'a'.repeat(250)}@b.org`,
])('%s is no email address', (typed) => {
  expect(email.safeParse(typed).success).toBe(false);
});
