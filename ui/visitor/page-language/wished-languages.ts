import { bestLocale, speak } from '../../texts/locale.ts';
import { remember } from '../memory.ts';

/** What was chosen on the captive portal comes along in the address, as that page can remember nothing. */
export function takeFromAddress(): void {
  const asked = new URLSearchParams(location.search).get('lang');
  if (asked === null) return;
  if (bestLocale([asked]) !== undefined) remember('page-language', asked);
  history.replaceState(null, '', location.pathname + location.hash);
}

export async function choosePageLanguage(language: string): Promise<void> {
  remember('page-language', language);
  await speak([language]);
}
