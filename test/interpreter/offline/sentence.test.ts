import { expect, it } from 'vitest';
import { asSentence, readable } from '../../../appliance/interpreter/offline/sentence.ts';

it('makes a line to read of recognised words', () => {
  expect(readable("and i think that i'm  late ")).toBe("And I think that I'm late.");
  expect(readable('')).toBe('');
});

it('makes a line to read of what a translator wrote', () => {
  expect(asSentence(' él es un hearted ser')).toBe('Él es un hearted ser.');
  expect(asSentence('.')).toBe('');
});
