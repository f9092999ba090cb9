import { expect, test } from 'vitest';
import { parseTrace } from './trace.ts';

test('a call during which another thread made one reads like any other', () => {
  const calls = parseTrace(`41  1796085936.309841 fsync(31</data/state.json.new> <unfinished ...>
40  1796085936.320032 write(19<anon_inode:[eventfd]>, "\\1\\0", 8) = 8
42  1796085936.320484 rename("/data/a", "/data/b" <unfinished ...>
41  1796085936.322653 <... fsync resumed>) = 0
42  1796085936.322671 <... rename resumed>) = -1 ENOENT (No such file or directory)
43  1796085936.331211 write(30<socket:[5719934]>, "HTTP/1.1 201 Created"..., 1482 <unfinished ...>
`);
  expect(calls.map(({ name, args, failed }) => [name, args, failed])).toEqual([
    ['write', String.raw`19<anon_inode:[eventfd]>, "\1\0", 8`, false],
    ['fsync', '31</data/state.json.new>', false],
    ['rename', '"/data/a", "/data/b"', true],
  ]);
  expect(calls[1]).toMatchObject({ at: 1_796_085_936.309_841, began: 0, ended: 3 });
});
