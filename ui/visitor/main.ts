import { provideTexts, speak } from '../texts/locale.ts';
import { visitorTexts } from '../texts/visitor-texts.ts';
import { takeFromAddress } from './page-language/wished-languages.ts';
import { wishedLanguages } from './page-language/wishes.ts';
import { inGoodTime } from './still/take-over.ts';
import { VisitorPage } from './visitor-page.ts';

provideTexts(visitorTexts);
takeFromAddress();
// Defined only when its texts are there: the page never flashes in another language.
await speak(wishedLanguages());
await inGoodTime();
customElements.define('ubizo-visitor-page', VisitorPage);
await document.querySelector('ubizo-visitor-page')?.goOn();
