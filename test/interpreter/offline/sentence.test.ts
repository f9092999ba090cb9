import { expect, it } from 'vitest';
import { readable, withoutMarks } from '../../../appliance/interpreter/offline/sentence.ts';

it('makes a line to read of recognised words', () => {
  expect(readable("and i think that i'm  late ")).toBe("And I think that I'm late.");
  expect(readable('')).toBe('');
});

it('takes off what Apertium marks', () => {
  expect(withoutMarks(' él es un *hearted #ser y @selfish.[]\n')).toBe('Él es un hearted ser y selfish.');
  expect(withoutMarks('.[]\n')).toBe('');
});
