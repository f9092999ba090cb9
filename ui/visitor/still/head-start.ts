/**
 * The head start of a visitor's page: a few lines that come in its HTML and run before its program is there. The box is
 * asked in, the connection is made, and a tap on what is seen already is heard at once; then the program takes all that
 * over (link/head-start.ts). What goes wrong here is left to it.
 */
import { ARRIVAL_ID } from '../../../appliance/protocol/arrival-id.ts';
import type { Arrival } from '../../../appliance/protocol/arrival.ts';
import { nearestLanguage } from '../../../appliance/protocol/languages.ts';
import { preferredLanguage } from '../choose-language/preferred-language.ts';
import { recall } from '../memory.ts';
import { wishedChannels } from '../page-language/wishes.ts';
import { Beginning } from './beginning.ts';
import { languageRows, stillEntrance } from './still-parts.ts';

// Not parsed by its schema, which is large: it is part of the page, and the program looks at all of it again.
const { tour } = JSON.parse(document.getElementById(ARRIVAL_ID)?.textContent ?? '{}') as Partial<Arrival>;
if (tour && tour.state !== 'ended') {
  const language = preferredLanguage(tour, wishedChannels());
  window.headStart = new Beginning({ code: tour.code, language });
  document.addEventListener('DOMContentLoaded', () => adjust(language));
}

/** The box has drawn for whom it does not know; this phone may know its owner. */
function adjust(language: string): void {
  const chosen = recall('page-language');
  if (chosen !== undefined && nearestLanguage([chosen], [document.documentElement.lang]) === undefined)
    stillEntrance()?.remove();
  for (const row of languageRows()) row.checked = row.value === language;
}
