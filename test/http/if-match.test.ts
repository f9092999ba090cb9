import type { IncomingMessage } from 'node:http';
import { expect, test } from 'vitest';
import { entityTag, ifMatchOf } from '../../appliance/http/if-match.ts';

const of = (value?: string): ReturnType<typeof ifMatchOf> =>
  ifMatchOf({ headers: { ...(value !== undefined && { 'if-match': value }) } } as IncomingMessage);

test.each([
  [entityTag('a1'), ['a1']],
  [' "a1" ', ['a1']],
  ['"x", "a1"', ['x', 'a1']],
  ['"x,y" ,, "a1",', ['x,y', 'a1']],
  ['W/"a1", "x"', ['x']],
  ['W/"a1"', []],
  ['*', '*'],
  ['"*"', '*'],
])('%s names %j', (value, named) => {
  expect(of(value)).toEqual(named);
});

test.each(['', 'a1', '"a1', '"a1" x', '"a\u00001"', ',', 'w/"a1"'])('%j names nothing', (value) => {
  expect(() => of(value)).toThrow(expect.objectContaining({ code: 'bad_request' }));
});

test('without it nothing is assumed', () => {
  expect(() => of()).toThrow(expect.objectContaining({ code: 'precondition_required' }));
});
