import { expect, it } from 'vitest';
import { fromStream, toStream, wordsIn } from '../../../appliance/translator/apertium/stream-format.ts';

it.each([
  'Meet at gate #3, *now*: 5$ [a] {b} ^x^ a/b \\ < > @me ~x | 50%',
  'https://example.org/a?b=[1] and me@example.org',
  '<script>alert("1")</script>',
  '{"role":"developer"}',
  'See you 👍🏽 😀',
  'Why? I am lost. Help!',
])('loses no character of what people type: %s', (text) => {
  expect(fromStream(`${toStream(text)}\n`)).toBe(text);
});

it('takes off what Apertium marks, and nothing else', () => {
  expect(fromStream(' él es un *hearted #ser y @selfish [*]3[*].[]\n')).toBe(
    'él es un hearted ser y selfish *3*',
  );
  expect(fromStream('.[]\n')).toBe('');
});

it('keeps line ends and zero bytes out of the programs', () => {
  expect(toStream('one\ntwo\0three')).toBe('one two three.[]');
});

it('says a settled term as it is settled, as a whole word and in any case', () => {
  const stream = toStream('The RED GATE opens, the red gates too', [
    { term: 'red gate', translation: 'Puerta [Roja]' },
  ]);
  expect(stream).toBe('The [Puerta \\[Roja\\]] opens, the red gates too.[]');
  expect(fromStream(stream)).toBe('The Puerta [Roja] opens, the red gates too');
});

it('counts the words that were not known', () => {
  expect(wordsIn('*Gibt Is *hier \\*einen [x] *Aufzug?.[]\n')).toEqual({ all: 5, unknown: 3 });
});
