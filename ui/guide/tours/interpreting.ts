import { pairFor } from '../../../appliance/protocol/languages.ts';
import type { BoxView } from '../../../appliance/protocol/views.ts';

export type Ability = 'good' | 'rough' | 'none';

const GROUPS: readonly Ability[] = ['good', 'rough', 'none'];

/** How well this box interprets from one language into another. */
export function abilityOf(box: BoxView | undefined, from: string, to: string): Ability {
  // Until the box has answered there is nothing to warn of.
  if (!box) return 'good';
  const pair = pairFor(box.pairs, from, to);
  if (!pair) return 'none';
  return pair.rough ? 'rough' : 'good';
}

/** Languages by how well they are interpreted, the best first, each group in the given order; empty ones left out. */
export function groupedByAbility(
  box: BoxView | undefined,
  from: string,
  languages: readonly string[],
): { readonly ability: Ability; readonly languages: readonly string[] }[] {
  return GROUPS.map((ability) => ({
    ability,
    languages: languages.filter((language) => abilityOf(box, from, language) === ability),
  })).filter((group) => group.languages.length > 0);
}
