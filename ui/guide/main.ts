import { speak } from '../texts/locale.ts';
import { GuidePage } from './guide-page.ts';

// Defined only when its texts are there: the page never flashes in another language.
await speak(navigator.languages);
customElements.define('ubizo-guide-page', GuidePage);
