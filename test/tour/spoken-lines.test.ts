import { expect, test } from 'vitest';
import type { CaptionLine } from '../../appliance/protocol/views.ts';
import { SpokenLines } from '../../appliance/tour/spoken-lines.ts';

const line = (id: string, text: string, final = true): CaptionLine => ({
  language: 'es',
  id,
  text,
  final,
  at: 1,
});

function spokenLines() {
  const delivered: string[] = [];
  const begun: string[] = [];
  const lines = new SpokenLines({
    deliver: ({ text, skipped }) => delivered.push(skipped ? `(${text})` : text),
    begin: (id) => begun.push(id),
  });
  return { lines, delivered, begun };
}

test('a line begins with its first word, and is marked when its voice has gone on without it', () => {
  const { lines, delivered, begun } = spokenLines();
  lines.add(line('a', 'Hola', false));
  lines.add(line('a', 'Hola.'));
  lines.add(line('b', 'Adiós.'));
  expect(begun).toEqual(['a', 'b']);
  lines.skip(['a', 'unknown']);
  expect(delivered).toEqual(['Hola', 'Hola.', 'Adiós.', '(Hola.)']);
});

test('one that still grows is marked once it is final', () => {
  const { lines, delivered } = spokenLines();
  lines.add(line('a', 'Hola', false));
  lines.skip(['a']);
  lines.add(line('a', 'Hola a', false));
  lines.add(line('a', 'Hola a todos.'));
  expect(delivered).toEqual(['Hola', 'Hola a', 'Hola a todos.', '(Hola a todos.)']);
});
