import { render } from '@lit-labs/ssr';
import { collectResultSync } from '@lit-labs/ssr/lib/render-result.js';
import { html } from 'lit';
import type { DrawStill, Still } from '../../../appliance/protocol/arrival.ts';
import { directionOf } from '../../../appliance/protocol/languages.ts';
import type { TourView } from '../../../appliance/protocol/views.ts';
import { pageLanguage, provideTexts, turnTo } from '../../texts/locale.ts';
import { visitorTexts } from '../../texts/visitor-texts.ts';
import '../choose-language/choose-language.ts';
import { preferredLanguage } from '../choose-language/preferred-language.ts';

/** Drawn once for all who come to the same tour in the same language, as long as it looks the same. */
const KEPT = 64;
const drawn = new Map<string, Still>();
/** One after the other: the texts speak one language at a time. */
let last: Promise<unknown> = Promise.resolve();

provideTexts(visitorTexts);

/**
 * Runs on the box: it draws with the page's own elements, so that the entrance is seen before their program is there.
 * They go by names of their own (`still-…`, vite.config.ts): the page leaves them alone until it takes their place.
 */
export const drawStill: DrawStill = ({ tour, box }, wishes) => {
  if (!tour || tour.state === 'ended') return Promise.resolve(undefined);
  const still = last.then(() => draw(tour, box, wishes));
  last = still.catch(() => undefined);
  return still;
};

async function draw(view: TourView, box: string, wishes: readonly string[]): Promise<Still> {
  // How far behind an interpreter is changes all the time, and is not said here.
  const tour = { ...view, channels: view.channels.map((channel) => ({ ...channel, lagMs: 0 })) };
  const language = preferredLanguage(tour, wishes);
  await turnTo(wishes);
  const lang = pageLanguage();
  const key = JSON.stringify([lang, language, box, tour]);
  const known = drawn.get(key);
  if (known) return known;
  const entrance = html`<ubizo-choose-language
    .tour=${tour}
    .box=${box}
    .language=${language}
    .first=${language}
  ></ubizo-choose-language>`;
  const still = { markup: tidied(collectResultSync(render(entrance))), lang, dir: directionOf(lang) };
  if (drawn.size >= KEPT) drawn.clear();
  drawn.set(key, still);
  return still;
}

/** Without what only a program would need, or a person who reads it. Values are escaped: none is taken for markup. */
function tidied(markup: string): string {
  return markup
    .replaceAll(/<!--.*?-->/gs, '')
    .replaceAll(' checked="false"', '')
    .replaceAll(/\s+/g, ' ');
}
