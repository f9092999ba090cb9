import { provideTexts, speak } from '../texts/locale.ts';
import { visitorTexts } from '../texts/visitor-texts.ts';
import { VisitorPage } from './visitor-page.ts';

provideTexts(visitorTexts);
// Defined only when its texts are there: the page never flashes in another language.
await speak(navigator.languages);
customElements.define('ubizo-visitor-page', VisitorPage);
