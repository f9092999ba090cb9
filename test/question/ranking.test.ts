import { expect, test } from 'vitest';
import { newQuestion, type Question } from '../../appliance/question/question.ts';
import { ranked } from '../../appliance/question/ranking.ts';
import { wordingOf } from '../../appliance/translator/wording.ts';

const MINUTE = 60_000;

const question = (id: string, minute: number, votes: number, more: Partial<Question> = {}): Question => ({
  ...newQuestion({
    attendee: id,
    name: undefined,
    words: wordingOf({ original: id, language: 'en' }),
    voice: false,
    urgent: false,
    at: minute * MINUTE,
  }),
  id,
  votes: new Set(Array.from({ length: votes }, (_, i) => `${i}`)),
  ...more,
});

const order = (...questions: Question[]): string[] => ranked(questions).map(({ id }) => id);

test('votes lift a question, and age takes as much from it as ten minutes from half of its votes', () => {
  expect(order(question('old', 0, 0), question('new', 1, 0))).toEqual(['new', 'old']);
  expect(order(question('new', 9, 0), question('voted', 0, 1))).toEqual(['voted', 'new']);
  expect(order(question('voted', 0, 1), question('new', 11, 0))).toEqual(['new', 'voted']);
});

test('one vote more among many moves nothing under a guide’s eyes', () => {
  const [first, second] = [question('first', 1, 30), question('second', 0, 31)];
  expect(order(first, second)).toEqual(['second', 'first']);
  expect(order(question('first', 1, 36), question('second', 0, 40))).toEqual(['first', 'second']);
});

test('who is lost comes first, what was put off after the rest, and what is over last', () => {
  const over = question('over', 30, 40, { state: 'answered' });
  const later = question('later', 30, 40, { later: true });
  const lost = question('lost', 0, 0, { urgent: true });
  expect(order(over, later, question('usual', 1, 0), lost)).toEqual(['lost', 'usual', 'later', 'over']);
});
