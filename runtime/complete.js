/**
 * After `npm ci`: fetches the native packages that npm left out. It leaves out, without a word, an optional package that
 * does not name the Node on which npm runs, and bundlers and linters name none below 20; here they run on the pinned
 * Node. So the project's own npm is asked once more, on that one. Where nothing is missing, nothing is done.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const RUN = fileURLToPath(new URL('run.js', import.meta.url));
/** As npm was called: `dev`, `optional`, or both with a blank line between them. */
const omitted = (process.env.npm_config_omit ?? '').split(/\s+/);

/** Those for this processor that the lockfile names and `node_modules` does not hold. */
function missing() {
  const { packages } = JSON.parse(readFileSync(join(ROOT, 'package-lock.json'), 'utf8'));
  return Object.entries(packages)
    .filter(
      ([, { optional, dev, devOptional, os, cpu, libc }]) =>
        (optional || devOptional) &&
        cpu !== undefined &&
        fits(cpu, process.arch) &&
        fits(os, process.platform) &&
        fits(libc, 'glibc') &&
        !(omitted.includes('dev') && (dev || devOptional)),
    )
    .map(([path]) => path)
    .filter((path) => !existsSync(join(ROOT, path)));
}

function fits(list, one) {
  return list === undefined || [list].flat().includes(one);
}

function complete() {
  if (omitted.includes('optional') || !existsSync(join(ROOT, 'node_modules/.bin/npm'))) return 0;
  if (missing().length === 0) return 0;
  const args = ['npm', 'install', '--no-save', '--ignore-scripts', '--prefer-offline', '--loglevel=error'];
  const { status } = spawnSync(process.execPath, [RUN, ...args], { cwd: ROOT, stdio: 'inherit' });
  const absent = missing();
  if (absent.length > 0) process.stderr.write(`npm left out ${absent.join(', ')}.\n`);
  return status ?? 1;
}

process.exitCode = complete();
