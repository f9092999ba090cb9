import { isOpen, type Question } from './question.ts';

/** A question with twice as many votes stands beside one that came so much later, ms. */
const DOUBLING_MS = 10 * 60_000;
/** A vote more or less among many moves nothing: two such steps are twice as many votes. */
const STEPS = 2;

/**
 * Votes that fade with age, exponentially (E. Miller, "Ranking News Items With Upvotes", 2013). With one rate for all, what
 * time takes from one it takes from each: the order changes by votes alone, and never by itself.
 */
function rankOf({ votes, at }: Pick<Question, 'votes' | 'at'>): number {
  return Math.floor(STEPS * Math.log2(1 + votes.size)) / STEPS + at / DOUBLING_MS;
}

/** Who is lost comes first; then what is open, what was put off, and what is over. */
function groupOf(question: Question): number {
  if (!isOpen(question)) return 3;
  if (question.urgent) return 0;
  return question.later ? 2 : 1;
}

/** In the order in which the guide reads them. */
export function ranked(questions: Iterable<Question>): Question[] {
  return [...questions].toSorted(
    (a, b) => groupOf(a) - groupOf(b) || rankOf(b) - rankOf(a) || a.id.localeCompare(b.id),
  );
}
