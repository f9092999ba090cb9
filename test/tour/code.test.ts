import { expect, test } from 'vitest';
import { newTourCode, normaliseCode } from '../../appliance/tour/code.ts';

test('a code is understood however it is typed', () => {
  for (const typed of ['ABC234', 'abc234', ' abc 234 ', 'AbC-234', 'a b c - 2 3 4\n'])
    expect(normaliseCode(typed), typed).toBe('ABC234');
  for (let i = 0; i < 200; i++) expect(newTourCode()).toMatch(/^[2-9A-HJKMNP-TV-Z]{6}$/);
});
