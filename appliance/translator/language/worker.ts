import { eld } from 'eld/extrasmall';
import { answerQuestions } from '../../program/thread-questions.ts';
import type { Scores } from './language-detection.ts';

/** What `eld` calls otherwise: Malay and Indonesian are told apart by no short text. */
const TAGS: Readonly<Record<string, string>> = { no: 'nb', ms: 'id', tl: 'fil' };

answerQuestions((text: string): Scores => {
  const result = eld.detect(text);
  if (!result.isReliable()) return [];
  const scores = Object.entries(result.getScores()).map(
    ([code, score]) => [TAGS[code] ?? code, score] as const,
  );
  return scores.toSorted(([, a], [, b]) => b - a);
});
