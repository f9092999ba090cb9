/**
 * The label to print, as a page in one piece, from the box's settings: `node label-sheet.ts NETWORK_CONF SETTINGS_JSON`.
 * Two cards, because visitors may read the first, and only the owner the second.
 */
import { readFileSync } from 'node:fs';
import { generate } from 'lean-qr';
import { toSvgSource } from 'lean-qr/extras/svg';

/** Light modules around the code without which readers do not find it (ISO/IEC 18004, 9.1). */
const QUIET = 4;

const STYLE = `
@page{size:A4;margin:12mm}
*{box-sizing:border-box;margin:0}
body{font:11pt/1.4 system-ui,'Noto Sans',Arial,sans-serif;color:#000;background:#fff;display:grid;gap:10mm;max-width:180mm;margin:auto;padding:6mm 0}
section{border:.3mm solid #000;border-radius:4mm;padding:6mm;display:grid;gap:4mm;break-inside:avoid}
h1{font-size:20pt;line-height:1.1}
.codes{display:grid;grid-template-columns:1fr 1fr;gap:8mm}
figure{display:grid;gap:2mm;align-content:start;justify-items:center;text-align:center}
svg{display:block;width:52mm;height:52mm}
dl{display:grid;grid-template-columns:auto 1fr;gap:1mm 4mm}
dd{font:700 13pt/1.3 ui-monospace,Menlo,Consolas,monospace;overflow-wrap:anywhere}
`.replaceAll('\n', '');

/** Somebody may have edited it on Windows: a byte order mark is no part of the text, and is left out here. */
const edited = (path: string): string => new TextDecoder().decode(readFileSync(path));

function readNetwork(path: string): Readonly<Record<string, string>> {
  const lines = edited(path).split(/\r?\n/);
  return Object.fromEntries(
    lines.flatMap((line) => {
      const [, key = '', value = ''] = /^([A-Z_]+)=(.*)$/.exec(line) ?? [];
      return key === '' ? [] : [[key, value]];
    }),
  );
}

function text(raw: string): string {
  return raw.replace(/[&<>"]/g, (sign) => `&#${sign.codePointAt(0)};`);
}

const field = (value: string): string => value.replace(/[\\;,:"]/g, '\\$&');

/** As phones read it off a QR code: MECARD-like, with a backslash before what would end a field. */
function wifiUri(ssid: string, passphrase: string | undefined): string {
  if (passphrase === undefined) return `WIFI:T:nopass;S:${field(ssid)};;`;
  return `WIFI:T:WPA;S:${field(ssid)};P:${field(passphrase)};;`;
}

function code(data: string, words: string): string {
  const picture = toSvgSource(generate(data), { pad: QUIET, xmlDeclaration: false });
  return `<figure>${picture}<figcaption>${text(words)}</figcaption></figure>`;
}

const row = (name: string, value: string): string => `<dt>${name}</dt><dd>${text(value)}</dd>`;

function sheet(network: Readonly<Record<string, string>>, setupCode: string | undefined): string {
  const ssid = network['SSID'] ?? 'ubizo';
  const open = network['SECURITY'] === 'open' || network['ACCESS_POINT'] === 'external';
  const passphrase = open ? undefined : network['PASSPHRASE'];
  const page = `http://${(network['ADDRESS'] ?? '10.77.0.1').split('/')[0]}`;
  return `<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><title>${text(ssid)}</title><style>${STYLE}</style></head>
<body>
<section>
<h1>Hear the tour in your language</h1>
<div class="codes">
${code(wifiUri(ssid, passphrase), '1. Join this Wi-Fi')}
${code(`${page}/`, '2. Open this page')}
</div>
<dl>
${row('Wi-Fi', ssid)}
${passphrase === undefined ? '' : row('Password', passphrase)}
${row('Page', page)}
</dl>
</section>
<section>
<h1>For the owner: keep this apart</h1>
<p>Whoever has this code can set the box up. Open ${text(page)}/guide and enter it.</p>
<dl>
${row('Box', network['NAME'] ?? ssid)}
${setupCode === undefined ? '' : row('Setup code', setupCode)}
</dl>
</section>
</body>
</html>
`;
}

const [networkPath = '', settingsPath = ''] = process.argv.slice(2);
const settings = JSON.parse(edited(settingsPath)) as { setupCode?: string };
process.stdout.write(sheet(readNetwork(networkPath), settings.setupCode));
