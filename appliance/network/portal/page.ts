import { generate } from 'lean-qr';
import { directionOf } from '../../protocol/languages.ts';
import { piecesOf } from '../../protocol/line-breaks.ts';
import { languageList, languageListStyle } from './language-list.ts';
import { CONTINUE_PATH, type PortalView, queryOf } from './portal.ts';
import { type PortalLanguage, PORTAL_TEXTS } from './texts.ts';
import type { PortalTexts } from './texts/portal-texts.ts';

/** Nothing but itself: no script, no font, no picture, no storage (CSP Level 3). */
export const PORTAL_POLICY =
  "default-src 'none'; style-src 'unsafe-inline'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'";

/** The colours of ui/style/tokens.css: 7:1 on their grounds, in the light and in the dark. */
const STYLE = `
:root{color-scheme:light dark;--ground:#faf9f6;--raised:#fff;--ink:#17201e;--soft:#3b4643;--line:#d9d6cd;--accent:#0b5a4c;--on:#fff}
@media(prefers-color-scheme:dark){:root{--ground:#0f1413;--raised:#19201e;--ink:#f1f4f2;--soft:#b9c4c0;--line:#2f3936;--accent:#7fdcc5;--on:#06231d}}
*{box-sizing:border-box;margin:0}
body{background:var(--ground);color:var(--ink);font:1.125rem/1.5 system-ui,-apple-system,'Segoe UI',Roboto,'Noto Sans',Arial,sans-serif;-webkit-text-size-adjust:100%;overflow-wrap:anywhere}
:lang(ko),:lang(zh),:lang(ja){word-break:keep-all}
main{max-width:30rem;margin:auto;padding:24px 20px;display:grid;gap:20px}
h1{font-size:1.75rem;line-height:1.2}
h2{font-size:1.0625rem}
div{display:grid;gap:8px}
section{background:var(--raised);border:1px solid var(--line);border-radius:16px;padding:16px;display:grid;gap:6px}
button,.open{display:block;width:100%;min-height:64px;padding:14px;border:0;border-radius:16px;background:var(--accent);color:var(--on);font:inherit;font-size:1.375rem;font-weight:700;text-align:center;text-decoration:none;cursor:pointer}
:focus-visible{outline:3px solid var(--ink);outline-offset:3px}
.address{font:700 1.5rem/1.3 ui-monospace,Menlo,Consolas,monospace;overflow-wrap:anywhere;user-select:all;-webkit-user-select:all}
.soft{color:var(--soft);font-size:1rem}
${languageListStyle}
.code{display:block;width:min(100%,220px);height:auto;background:#fff;border-radius:10px}
`.replaceAll('\n', '');

/** The portal as one page in one piece, under 10 KB. Before the tap it says what this is, after it where to go. */
export function renderPortal(view: PortalView, language: PortalLanguage): string {
  const texts = withBreaks(PORTAL_TEXTS[language], language);
  return `<!doctype html>
<html lang="${language}" dir="${directionOf(language)}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width,initial-scale=1">
<title>${written(view.box)} · ${PORTAL_TEXTS[language].welcome}</title>
<style>${STYLE}</style>
</head>
<body>
<main>
${languageList(view, language)}
<p class="soft"><bdi>${written(view.box)}</bdi></p>
${view.through ? after(view, texts) : before(view, texts)}
</main>
</body>
</html>
`;
}

/** As text in HTML. */
const written = (text: string): string => text.replaceAll(/[&<>"]/g, (sign) => `&#${sign.codePointAt(0)};`);

function before(view: PortalView, texts: PortalTexts): string {
  return `<h1>${texts.welcome}</h1>
<div>
${texts.lines.map((line) => `<p>${line}</p>`).join('\n')}
</div>
<form method="post" action="${CONTINUE_PATH}${escaped(queryOf(view))}"><button>${texts.continue}</button></form>
${staying(view.system, texts)}`;
}

function after({ system, window, address, chosen }: PortalView, texts: PortalTexts): string {
  // With its scheme: a browser that is given a bare address may try HTTPS first and warn.
  const shown = address.replace(/\/$/, '');
  const way = window
    ? `<p>${texts.leave[system === 'ios' ? 'ios' : 'other']}</p>`
    : `<a class="open" href="${address}${queryOf({ asked: undefined, chosen })}">${texts.open}</a>
<p>${texts.address}</p>`;
  return `<h1>${texts.connected}</h1>
${way}
<p><bdi class="address" dir="ltr">${shown}</bdi></p>
${staying(system, texts)}
<p class="soft">${texts.scan}</p>
${qrCode(address)}`;
}

const escaped = (text: string): string => text.replaceAll('&', '&amp;');

/** The words of every text whole, in languages that do not show where they end. */
function withBreaks<Texts>(texts: Texts, language: PortalLanguage): Texts {
  return JSON.parse(JSON.stringify(texts), (_, value: unknown) =>
    typeof value === 'string' ? piecesOf(value, language).join('<wbr>') : value,
  ) as Texts;
}

function staying(system: PortalView['system'], texts: PortalTexts): string {
  return `<section><h2>${texts.toStay}</h2><p>${texts.stay[system ?? 'other']}</p></section>`;
}

/** Light modules around the code without which readers do not find it (ISO/IEC 18004, 9.1). */
const QUIET = 4;

function qrCode(text: string): string {
  const code = generate(text);
  let path = '';
  for (let y = 0; y < code.size; y++) {
    let x = 0;
    while (x < code.size) {
      const from = x;
      while (x < code.size && code.get(x, y)) x++;
      if (x > from) path += `M${from} ${y}h${x - from}v1h-${x - from}z`;
      else x++;
    }
  }
  const size = code.size + 2 * QUIET;
  return `<svg class="code" viewBox="${-QUIET} ${-QUIET} ${size} ${size}" shape-rendering="crispEdges" role="img" aria-label="${text}"><path d="${path}"/></svg>`;
}
