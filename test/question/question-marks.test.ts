import { expect, test } from 'vitest';
import { QuestionMarks } from '../../appliance/question/question-marks.ts';

const lines = (marks: QuestionMarks, language: string, times: readonly number[]): (string | undefined)[] =>
  times.map((at) => marks.mark({ language, id: `${at}`, text: 'Yes.', final: false, at }).answers);

test('an answer is what the guide says until they have done, in a translation as late as that is', () => {
  const marks = new QuestionMarks({ as: 'answers', lagMs: (language) => (language === 'es' ? 4_000 : 0) });
  marks.begin('q', 10_000);
  marks.end(20_000);
  expect(lines(marks, 'en', [9_999, 10_000, 19_999, 20_000])).toEqual([undefined, 'q', 'q', undefined]);
  expect(lines(marks, 'es', [13_999, 14_000, 23_999, 24_000])).toEqual([undefined, 'q', 'q', undefined]);
});

test('the next question ends the answer to the one before', () => {
  const marks = new QuestionMarks({ as: 'answers', lagMs: () => 0 });
  marks.begin('first', 10_000);
  marks.begin('second', 20_000);
  expect(lines(marks, 'en', [15_000, 25_000])).toEqual(['first', 'second']);
});

test('what a visitor says to all is their question', () => {
  const marks = new QuestionMarks({ as: 'asked', lagMs: () => 0 });
  marks.begin('q', 10_000);
  marks.end(20_000);
  const line = { language: 'en', id: 'a', text: 'Where?', final: false };
  expect([9_000, 15_000, 21_000].map((at) => marks.mark({ ...line, at }).asked)).toEqual([
    undefined,
    'q',
    undefined,
  ]);
});
