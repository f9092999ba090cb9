import { directionOf, languageName } from '../../protocol/languages.ts';
import { type PortalView, queryOf } from './portal.ts';
import { PORTAL_LANGUAGES, type PortalLanguage, PORTAL_TEXTS } from './texts.ts';

export const languageListStyle = `
details{justify-self:end;max-width:100%}
details[open]{justify-self:stretch}
summary{display:flex;align-items:center;gap:8px;width:fit-content;min-height:48px;margin-inline-start:auto;color:var(--accent);font-weight:600;cursor:pointer;list-style:none}
summary::-webkit-details-marker{display:none}
summary svg{width:1.375em;height:1.375em;flex:none;fill:none;stroke:currentColor;stroke-width:2}
ul{list-style:none;padding:0;display:grid;grid-template-columns:repeat(auto-fill,minmax(min(100%,9rem),1fr));gap:8px}
li a{display:flex;align-items:center;min-height:56px;padding:8px 14px;border:1px solid var(--line);border-radius:10px;background:var(--raised);color:var(--ink);font-weight:600;text-decoration:none}
a[aria-current]{border-color:var(--accent);box-shadow:inset 0 0 0 2px var(--accent)}
`.replaceAll('\n', '');

const GLOBE =
  '<svg viewBox="0 0 24 24" aria-hidden="true"><circle cx="12" cy="12" r="9"/><path d="M3 12h18M12 3c-5 5-5 13 0 18 5-5 5-13 0-18z"/></svg>';

/** The portal’s languages, each by its own name, behind a globe: links, as there are no scripts here. */
export function languageList(view: PortalView, language: PortalLanguage): string {
  return `<details><summary>${GLOBE}<span lang="${language}">${languageName(language)}</span></summary>
<nav aria-label="${PORTAL_TEXTS[language].language}"><ul>
${PORTAL_LANGUAGES.map((each) => item(view, each, each === language)).join('\n')}
</ul></nav></details>`;
}

function item({ asked }: PortalView, language: PortalLanguage, current: boolean): string {
  const to = queryOf({ asked, chosen: language }).replaceAll('&', '&amp;');
  const now = current ? ' aria-current="true"' : '';
  return `<li><a href="${to}" lang="${language}" dir="${directionOf(language)}"${now}>${languageName(language)}</a></li>`;
}
