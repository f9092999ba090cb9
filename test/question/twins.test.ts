import { expect, test } from 'vitest';
import { areTwins, tokensOf } from '../../appliance/question/twins.ts';

const alike = (a: string, b: string): boolean => areTwins(tokensOf(a), tokensOf(b));

test.for([
  ['When does the bus leave?', 'when does the BUS leave', true],
  ['When does the bus leave today?', 'When does the bus leave?', true],
  ['When does the bus leave?', 'Who built this church?', false],
  ['バスは何時に出ますか？', 'バスは何時に出ますか', true],
  ['バスは何時に出発しますか？', 'トイレはどこですか？', false],
  ['巴士几点出发？', '巴士几点出发呢？', true],
  ['巴士几点出发？', '这座教堂是谁建的？', false],
  ['ﾊﾞｽは何時に出ますか', 'バスは何時に出ますか', true],
  ['?!', '…', false],
] as const)('%s and %s ask the same: %s', ([a, b, same]) => {
  expect(alike(a, b)).toBe(same);
});
