import { QUALITY_CLASSES, type QualityClass } from '../protocol/quality.ts';
import type { Distribution, PhoneQuality, QualityNow } from '../protocol/quality-view.ts';

/** Fewer phones that suffer at one time are chance. */
const LEAST_TOGETHER = 3;
const SHOWN = 10;

export function distributionOf(classes: Iterable<QualityClass>): Distribution {
  const counts = Object.fromEntries(QUALITY_CLASSES.map((each) => [each, 0])) as Record<QualityClass, number>;
  for (const each of classes) counts[each]++;
  return counts;
}

/** Something is to be done about it. */
export function suffers(quality: QualityClass): boolean {
  return quality !== 'excellent' && quality !== 'good';
}

/** The lowest first. */
export function worstOf(phones: readonly PhoneQuality[]): PhoneQuality[] {
  return phones
    .filter((phone) => suffers(phone.class))
    .toSorted((a, b) => a.score - b.score)
    .slice(0, SHOWN);
}

/**
 * Several phones that suffer at the same time have something in common. Where it is some of many, that is where they
 * stand; where it is most, it is the radio itself.
 */
export function togetherOf(suffering: number, all: number): QualityNow['together'] {
  if (suffering < LEAST_TOGETHER) return undefined;
  return { phones: suffering, who: suffering > all / 2 ? 'most' : 'some' };
}
