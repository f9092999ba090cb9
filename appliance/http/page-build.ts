import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { glob, stat } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));
const BUILT = `${ROOT}ui/dist/visitor/index.html`;
const VITE = `${ROOT}node_modules/vite/bin/vite.js`;
const SOURCES = ['ui/**/*', 'appliance/protocol/*', 'vite.config.ts', 'package-lock.json'];

/** Whether the pages are older than what they are made of, or not there. */
export async function pagesAreStale(): Promise<boolean> {
  if (!existsSync(BUILT)) return true;
  const built = (await stat(BUILT)).mtimeMs;
  for await (const file of glob(SOURCES, { cwd: ROOT, exclude: ['ui/dist'] })) {
    if (file.startsWith('ui/dist')) continue;
    const source = await stat(ROOT + file);
    if (source.isFile() && source.mtimeMs > built) return true;
  }
  return false;
}

/** Builds the pages. @returns why that failed, in the builder's words; nothing when they are there. */
export async function buildPages(): Promise<string | undefined> {
  // A release comes with its pages built and without the builder.
  if (!existsSync(VITE)) return existsSync(BUILT) ? undefined : 'vite is not installed; run "npm ci"';
  const builder = spawn(process.execPath, [VITE, 'build', '--logLevel', 'warn'], {
    cwd: ROOT,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let said = '';
  for (const stream of [builder.stdout, builder.stderr])
    stream.on('data', (chunk: Buffer) => (said += chunk.toString()));
  const [code] = (await once(builder, 'close')) as [number | null];
  return code === 0 ? undefined : said.trim();
}
