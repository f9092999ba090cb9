/** `npm run release`: an archive that `firmware-scripts/install` and `firmware-scripts/update` take. See --help. */
import { mkdir, mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { ReleaseKey } from './release-key.ts';
import { run } from './run.ts';
import { seal } from './seal.ts';
import { stage } from './stage.ts';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const VERSION = /^\d{1,4}\.\d{1,4}\.\d{1,4}(-[a-z0-9.]{1,32})?$/;

const HELP = `Usage: npm run release -- --key FILE [--out FOLDER] [--version VERSION] [--level N]
       npm run release -- --new-key FILE

Builds the pages, adds what a box needs to run on x64 and arm64, and packs it into FOLDER (default: dist):
  ubizo-VERSION.tar.xz               the archive
  ubizo-VERSION.tar.xz.sha256        its checksum
  ubizo-VERSION.tar.xz.sha256.sig    the signature of the checksum (Ed25519)

  --key FILE         the private key that signs; boxes update only to what the key of their release signed
  --new-key FILE     makes such a key, once; keep it secret and keep a copy
  --version VERSION  instead of that of package.json
  --level N          of xz: 0 (fast) to 9 (small); default 6

UBIZO_RELEASE_PASSPHRASE encrypts a new key, and opens it later.
`;

const say = (text: string): void => void process.stdout.write(`${text}\n`);

class WrongUse extends Error {}

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      key: { type: 'string' },
      'new-key': { type: 'string' },
      out: { type: 'string', default: 'dist' },
      version: { type: 'string' },
      level: { type: 'string', default: '6' },
      help: { type: 'boolean', short: 'h' },
    },
  });
  if (values.help) return say(HELP);
  const newKey = values['new-key'];
  if (newKey !== undefined) {
    ReleaseKey.make(newKey);
    return say(
      `Made ${newKey}. Keep it secret, and keep a copy where it cannot be lost: without it no box updates.`,
    );
  }
  if (values.key === undefined)
    throw new WrongUse('Name the key that signs: --key FILE (or make one: --new-key FILE).');
  if (values.version !== undefined && !VERSION.test(values.version))
    throw new WrongUse('A version looks like 1.2.3 or 1.2.3-rc.1.');
  if (!/^[0-9]$/.test(values.level)) throw new WrongUse('--level is a digit, 0 to 9.');

  const key = ReleaseKey.read(values.key);
  const out = resolve(values.out);
  await mkdir(out, { recursive: true });
  const staged = await mkdtemp(join(tmpdir(), 'ubizo-release-'));
  try {
    say('Building the pages …');
    // Into the release itself: those of the project may be in use.
    await run('npm', ['run', '--silent', 'build', '--', '--outDir', join(staged, 'ui/dist')], { cwd: ROOT });
    const stamp = await stage({
      root: ROOT,
      to: staged,
      publicPem: key.publicPem,
      version: values.version,
      onProgress: say,
    });
    say('Packing …');
    const { archive, checksum, signature } = await seal({
      staged,
      stamp,
      out,
      key,
      level: Number(values.level),
    });
    say(`Ubizo ${stamp.version} (${stamp.commit}), signed:`);
    for (const file of [archive, checksum, signature]) {
      say(`  ${file}  ${((await stat(file)).size / 1e6).toFixed(1)} MB`);
    }
    say(
      `Next: copy the three files to the device, unpack ${basename(archive)}, run sudo firmware-scripts/install in it.`,
    );
  } finally {
    await rm(staged, { recursive: true, force: true });
  }
}

try {
  await main();
} catch (error) {
  const wrongUse = error instanceof WrongUse || (error instanceof TypeError && 'code' in error);
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = wrongUse ? 2 : 1;
}
