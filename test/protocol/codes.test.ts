import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { ENTRY_CODE, normaliseCode } from '../../appliance/protocol/codes.ts';
import { fuzz } from '../fuzz/seed.ts';

const CODE = fc.string({
  unit: fc.constantFrom(...'23456789ABCDEFGHJKMNPQRSTVWXYZ'.split('')),
  minLength: 1,
  maxLength: 12,
});

const everyCharacter = (property: RegExp): string[] => {
  const found: string[] = [];
  for (let point = 0; point <= 0x10_ffff; point++) {
    if (point >= 0xd800 && point <= 0xdfff) continue;
    const character = String.fromCodePoint(point);
    if (property.test(character)) found.push(character);
  }
  return found;
};

/** Beside the dashes of the table in the Unicode Character Database, what stands for one on other keyboards. */
const BETWEEN = fc.constantFrom(
  ...everyCharacter(/\p{Dash_Punctuation}/u),
  ...everyCharacter(/\p{White_Space}/u),
  ...everyCharacter(/\p{Default_Ignorable_Code_Point}/u),
  '\u2212',
  '\u200e',
  '\u202b',
  '\u2066',
  '\ufeff',
  '\t',
  '\n',
);

/** As keyboards of East Asia write it. */
const wide = (text: string): string =>
  text.replaceAll(/[!-~]/gu, (ascii) => String.fromCodePoint(ascii.codePointAt(0)! + 0xfee0));

test('a code is the same whatever dashes, spaces and invisible characters came between, in any case and width', () => {
  fc.assert(
    fc.property(CODE, fc.infiniteStream(BETWEEN), fc.infiniteStream(fc.nat(3)), (code, between, forms) => {
      let typed = '';
      for (const character of code) {
        const form = forms.next().value;
        const small = form % 2 === 1 ? character.toLowerCase() : character;
        typed += `${between.next().value}${form > 1 ? wide(small) : small}`;
      }
      expect(normaliseCode(typed + between.next().value)).toBe(code);
    }),
    fuzz(500),
  );
});

test.each([
  ['N P D A E 5', 'NPDAE5'],
  ['npd–ae5', 'NPDAE5'],
  ['npd‑ae5', 'NPDAE5'],
  ['npd—ae5', 'NPDAE5'],
  ['\u200ENPD\u200BAE5\u2060', 'NPDAE5'],
  ['ＮＰＤ－ＡＥ５', 'NPDAE5'],
  ['NPDーAE5', 'NPDAE5'],
  ['npdｰae5', 'NPDAE5'],
  ['NPD˗AE5', 'NPDAE5'],
  ['NPD⁃AE5', 'NPDAE5'],
  ['NPD─AE5', 'NPDAE5'],
  ['NPD➖AE5', 'NPDAE5'],
  ['ツアー', 'ツアー'],
  ['Führung', 'FÜHRUNG'],
  ['Fu\u200Bhru\u0308ng', 'FUHRÜNG'],
  [' – \u2060', ''],
  ['', ''],
])('%j means %j', (typed, code) => {
  expect(normaliseCode(typed)).toBe(code);
});

test('what can be an entry code is normal once and for all', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', minLength: 4, maxLength: 8 }), (typed) => {
      const code = normaliseCode(typed);
      fc.pre(ENTRY_CODE.test(code));
      expect(normaliseCode(code)).toBe(code);
    }),
    { ...fuzz<[string]>(200), maxSkipsPerRun: 10_000 },
  );
});
