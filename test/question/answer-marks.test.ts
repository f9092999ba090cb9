import { expect, test } from 'vitest';
import { AnswerMarks } from '../../appliance/question/answer-marks.ts';

const lines = (marks: AnswerMarks, language: string, times: readonly number[]): (string | undefined)[] =>
  times.map((at) => marks.mark({ language, id: `${at}`, text: 'Yes.', final: false, at }).answers);

test('an answer is what the guide says until they have done, in a translation as late as that is', () => {
  const marks = new AnswerMarks({ lagMs: (language) => (language === 'es' ? 4_000 : 0) });
  marks.begin('q', 10_000);
  marks.end(20_000);
  expect(lines(marks, 'en', [9_999, 10_000, 19_999, 20_000])).toEqual([undefined, 'q', 'q', undefined]);
  expect(lines(marks, 'es', [13_999, 14_000, 23_999, 24_000])).toEqual([undefined, 'q', 'q', undefined]);
});

test('the next question ends the answer to the one before', () => {
  const marks = new AnswerMarks({ lagMs: () => 0 });
  marks.begin('first', 10_000);
  marks.begin('second', 20_000);
  expect(lines(marks, 'en', [15_000, 25_000])).toEqual(['first', 'second']);
});
