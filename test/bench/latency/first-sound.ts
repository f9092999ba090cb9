import type { Browser } from 'playwright-core';
import type { BenchBox } from './bench-box.ts';
import { Visitor } from './visitor.ts';

export interface FirstSound {
  /** From the start of the navigation until the guide is sound in the page, ms. */
  readonly fromOpening: number[];
  readonly fromTap: number[];
  /** From the start of the navigation until Listen has been tapped. */
  readonly toTap: number[];
  /** From the start of the navigation until the audio output, by the browser's own account. */
  readonly atOutput: number[];
}

/** The guide speaks without a pause; each visitor comes for the first time and taps as soon as there is a button. */
export async function measureFirstSound(
  box: BenchBox,
  browser: Browser,
  { visits }: { visits: number },
): Promise<FirstSound> {
  const found: FirstSound = { fromOpening: [], fromTap: [], toTap: [], atOutput: [] };
  for (let visit = 0; visit < visits; visit++) {
    const visitor = await Visitor.open(browser, box.visitorUrl);
    await visitor.hears();
    const { openedAt, tappedAt, sounds } = await visitor.heard();
    await visitor.leave();
    const [first] = sounds;
    if (!first) throw new Error('The page stayed silent.');
    found.fromOpening.push(first.at - openedAt);
    found.fromTap.push(first.at - tappedAt);
    found.toTap.push(tappedAt - openedAt);
    found.atOutput.push(first.atOutput - openedAt);
  }
  return found;
}
