import type { Browser } from 'playwright-core';
import type { BenchBox } from './bench-box.ts';
import type { Model } from './model.ts';
import { Phone } from './phone.ts';
import { Visitor } from './visitor.ts';

export interface FirstSound {
  /** From the start of the navigation until the guide is sound in the page, ms. */
  readonly fromOpening: number[];
  readonly fromTap: number[];
  /** From the start of the navigation until Listen has been tapped. */
  readonly toTap: number[];
  /** From the start of the navigation until the audio output, by the browser's own account. */
  readonly atOutput: number[];
  /** From the start of the navigation until the first line of captions is drawn. */
  readonly toCaption: number[];
}

/**
 * The guide speaks without a pause, and a phone that hears Spanish keeps an interpreter open, which writes down what
 * the guide says; each visitor comes for the first time and taps as soon as there is
 * a button.
 */
export async function measureFirstSound(
  box: BenchBox,
  browser: Browser,
  model: Model,
  { visits }: { visits: number },
): Promise<FirstSound> {
  const found: FirstSound = { fromOpening: [], fromTap: [], toTap: [], atOutput: [], toCaption: [] };
  const phone = new Phone();
  await phone.listen(box, 'es');
  await model.begun();
  const silence = model.hearGuide();
  for (let visit = 0; visit < visits; visit++) {
    const visitor = await Visitor.open(browser, box.visitorUrl);
    await visitor.hears();
    await visitor.reads();
    const { openedAt, tappedAt, sounds, captionAt = NaN } = await visitor.heard();
    await visitor.leave();
    const [first] = sounds;
    if (!first) throw new Error('The page stayed silent.');
    found.fromOpening.push(first.at - openedAt);
    found.fromTap.push(first.at - tappedAt);
    found.toTap.push(tappedAt - openedAt);
    found.atOutput.push(first.atOutput - openedAt);
    found.toCaption.push(captionAt - openedAt);
  }
  silence();
  await phone.hangUp();
  return found;
}
