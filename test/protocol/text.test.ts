import { expect, test } from 'vitest';
import { isBlank, tidyName } from '../../appliance/protocol/text.ts';

test.each([
  '',
  ' ',
  '\t\n',
  '\u200B',
  '\u2060',
  '\u3164',
  '\u2800',
  '\u200E\u00AD\uFEFF',
  '\u{E0001}',
  '\uD83D',
  '\u0000',
])('nothing is to be seen in %j', (text) => {
  expect(isBlank(text)).toBe(true);
  expect(tidyName(text)).toBe('');
});

test.each([
  ['Old\ntown', 'Old town'],
  ['Old\r\n\u2028town\u0000', 'Old town'],
  ['Old\u0085town', 'Old town'],
])('%j is kept as %j, in one line', (typed, kept) => {
  expect(tidyName(typed)).toBe(kept);
});

test.each(['a', '日本', '👨‍👩‍👧', '❤️', '\u200Bx', 'می‌خواهم', '.', '\u0301', '\u{1FAE9}'])(
  '%j is to be seen',
  (text) => {
    expect(isBlank(text)).toBe(false);
    expect(tidyName(` ${text}\n`)).toBe(text);
  },
);
