import { expect, test } from 'vitest';
import { DeltaText } from '../../../appliance/interpreter/openai/delta-text.ts';

test('a text without pieces comes whole when it is finished, once', () => {
  const text = new DeltaText();
  expect(text.finish('a', 'Mind the step.')).toBe('Mind the step.');
  expect(text.finish('a', 'Mind the step.')).toBe('');
});

test('a text that came in pieces comes no second time, only what is missing of it', () => {
  const text = new DeltaText();
  text.add('a', ' Mind');
  text.add('a', ' the');
  expect(text.finish('a', 'Mind the step.')).toBe(' step.');
  text.add('b', 'Mind the step.');
  expect(text.finish('b', 'Mind the step.')).toBe('');
  text.add('c', 'Mined the');
  expect(text.finish('c', 'Mind the step.'), 'what was shown is not said again').toBe('');
  text.add('d', 'Mind');
  expect(text.finish('d', undefined)).toBe('');
});

test('texts under way at once, and finished in another order, are told apart', () => {
  const text = new DeltaText();
  text.add('a', 'Mind');
  text.add('b', 'Left');
  expect(text.finish('b', 'Left here.')).toBe(' here.');
  expect(text.finish('a', 'Mind the step.')).toBe(' the step.');
});

test('without items there is one text after the other', () => {
  const text = new DeltaText();
  expect(text.finish(undefined, 'One.')).toBe('One.');
  text.add(undefined, 'One.');
  expect(text.finish(undefined, 'One.')).toBe('');
  expect(text.finish(undefined, 'One.')).toBe('One.');
});

test('pieces without an item are those of the text that is finished next, item or not', () => {
  const text = new DeltaText();
  text.add(undefined, 'Mind');
  expect(text.finish('a', 'Mind the step.')).toBe(' the step.');
  text.add(undefined, 'Left');
  expect(text.finish('b', 'Left here.')).toBe(' here.');
  expect(text.finish('b', 'Left here.')).toBe('');
});

test('texts that are never finished are not kept for ever', () => {
  const text = new DeltaText();
  for (let item = 0; item < 1_000; item++) text.add(String(item), 'Mind');
  expect(text.finish('999', 'Mind me.'), 'of the last ones').toBe(' me.');
  expect(text.finish('0', 'Mind me.'), 'of the first ones').toBe('Mind me.');
});
