import { provideTexts, speak } from '../texts/locale.ts';
import { visitorTexts } from '../texts/visitor-texts.ts';
import { takeFromAddress, wishedLanguages } from './page-language/wished-languages.ts';
import { VisitorPage } from './visitor-page.ts';

provideTexts(visitorTexts);
takeFromAddress();
// Defined only when its texts are there: the page never flashes in another language.
await speak(wishedLanguages());
customElements.define('ubizo-visitor-page', VisitorPage);
