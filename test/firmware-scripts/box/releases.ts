/**
 * Releases for the tests of the update: `node releases.ts FOLDER`. FOLDER holds `key.pem`, the real release 0.2.0 packed
 * and, in `ubizo-0.1.0`, unpacked. That becomes release 0.1.0, and into FOLDER come pocket releases:
 *   0.3.0  well                       0.4.0  unwell when it is tried
 *   0.5.0  well when it is tried, broken where it counts
 *   0.6.0  signed by somebody else    0.0.9  older
 */
import { copyFileSync, cpSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { ReleaseKey } from '../../../release/release-key.ts';
import { seal } from '../../../release/seal.ts';

const NODE = fileURLToPath(new URL('pocket-node', import.meta.url));
const [folder = ''] = process.argv.slice(2);
const real = join(folder, 'ubizo-0.1.0');
const vendor = ReleaseKey.read(join(folder, 'key.pem'));

const stampOf = (version: string) => ({ version, date: '2026-11-21T08:00:00.000Z' });

function stampedCopy(version: string, parts: readonly string[]): string {
  const to = join(folder, 'staged', version);
  for (const part of parts)
    cpSync(join(real, part), join(to, part), { recursive: true, verbatimSymlinks: true });
  writeFileSync(join(to, 'release.json'), `${JSON.stringify(stampOf(version), null, 2)}\n`);
  return to;
}

async function pocket(version: string, kind: string, key = vendor): Promise<void> {
  const staged = stampedCopy(version, ['firmware-scripts', 'systemd', 'release-key.pem']);
  for (const architecture of ['x64', 'arm64']) {
    const bin = join(staged, `node_modules/node-linux-${architecture}/bin`);
    mkdirSync(bin, { recursive: true });
    copyFileSync(NODE, join(bin, 'node'));
  }
  writeFileSync(join(staged, 'pocket.conf'), `${kind}\n`);
  await seal({ staged, stamp: stampOf(version), out: folder, key, level: 0 });
}

writeFileSync(join(real, 'release.json'), `${JSON.stringify(stampOf('0.1.0'), null, 2)}\n`);
const description = JSON.parse(readFileSync(join(real, 'package.json'), 'utf8')) as object;
writeFileSync(join(real, 'package.json'), JSON.stringify({ ...description, version: '0.1.0' }));
await pocket('0.3.0', 'well');
await pocket('0.4.0', 'unwell');
await pocket('0.5.0', 'live-only');
await pocket('0.6.0', 'well', ReleaseKey.make(join(folder, 'stranger.pem')));
await pocket('0.0.9', 'well');
