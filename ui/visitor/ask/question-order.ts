import type { VisitorQuestion } from '../../../appliance/protocol/questions.ts';

/** Most wanted first, the older before the newer. */
const byVotes = (a: VisitorQuestion, b: VisitorQuestion): number => b.votes - a.votes || a.at - b.at;

/**
 * Questions in the order in which they are shown. `before`: the ids as they stand; while the list is `held`, none of them
 * moves under the finger, and new ones come at the end.
 */
export function inOrder(
  questions: readonly VisitorQuestion[],
  { before, held }: { before: readonly string[]; held: boolean },
): readonly VisitorQuestion[] {
  const ranked = questions.toSorted(byVotes);
  if (!held) return ranked;
  const known = before.flatMap((id) => questions.find((each) => each.id === id) ?? []);
  return [...known, ...ranked.filter(({ id }) => !before.includes(id))];
}
