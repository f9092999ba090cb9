import { expect, test } from 'vitest';
import { normaliseCode } from '../../appliance/protocol/codes.ts';
import { newTourCode } from '../../appliance/tour/code.ts';

test('a new code is what anyone would make of it who types it', () => {
  for (let i = 0; i < 200; i++) {
    const code = newTourCode();
    expect(code).toMatch(/^[2-9A-HJKMNP-TV-Z]{6}$/);
    expect(normaliseCode(code)).toBe(code);
  }
});
