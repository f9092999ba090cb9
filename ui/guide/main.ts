import { guideTexts } from '../texts/guide-texts.ts';
import { provideTexts, speak } from '../texts/locale.ts';
import { GuidePage } from './guide-page.ts';

provideTexts(guideTexts);
// Defined only when its texts are there: the page never flashes in another language.
await speak(navigator.languages);
customElements.define('ubizo-guide-page', GuidePage);
