import { chmod, cp, mkdir, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { absentNativePackages } from './native-packages.ts';
import { run } from './run.ts';

/** The CPUs a box may have, in Node's words. */
const ARCHITECTURES = ['x64', 'arm64'] as const;
type Architecture = (typeof ARCHITECTURES)[number];

/** What a box needs of the project; sources of pages and tests stay behind. */
const CONTENTS = [
  'package.json',
  'package-lock.json',
  '.npmrc',
  'README.md',
  'CHANGELOG.md',
  'runtime',
  'appliance',
  'firmware-scripts',
  'systemd',
  'docs',
];
const LEFT_OUT = /(\/docs\/screenshots|\.tsbuildinfo|\/tsconfig\.json)$/;

/** Of the package with Node, only the program and its licence are used. */
const NODE_PARTS = new Set(['bin', 'LICENSE', 'package.json']);

/** What a release says of itself, in `release.json`. */
export interface Stamp {
  readonly version: string;
  /** Of the sources; `unknown` outside a checkout, with `-changed` when files differ from it. */
  readonly commit: string;
  /** ISO 8601: the commit's time, so that the same sources make the same archive. */
  readonly date: string;
  readonly architectures: readonly Architecture[];
}

export interface StageOptions {
  /** The project. */
  readonly root: string;
  /** A folder with nothing but the pages, built, in `ui/dist`. */
  readonly to: string;
  readonly publicPem: string;
  /** Instead of that of package.json. */
  readonly version?: string | undefined;
  readonly onProgress: (line: string) => void;
}

/** Lays out a release as it will be on the box, for all architectures at once. */
export async function stage({ root, to, publicPem, version, onProgress }: StageOptions): Promise<Stamp> {
  for (const part of CONTENTS) {
    await cp(join(root, part), join(to, part), {
      recursive: true,
      preserveTimestamps: true,
      filter: (source) => !LEFT_OUT.test(source),
    });
  }
  const stamp = await stampOf(root, version);
  await writeFile(join(to, 'release.json'), `${JSON.stringify(stamp, null, 2)}\n`);
  await writeFile(join(to, 'release-key.pem'), publicPem);
  const description = JSON.parse(await readFile(join(to, 'package.json'), 'utf8')) as object;
  await writeFile(
    join(to, 'package.json'),
    `${JSON.stringify({ ...description, version: stamp.version }, null, 2)}\n`,
  );
  onProgress(`Fetching the dependencies for ${ARCHITECTURES.join(' and ')} …`);
  await installDependencies(to);
  await readableByAll(to);
  return stamp;
}

async function stampOf(root: string, version: string | undefined): Promise<Stamp> {
  const described = JSON.parse(await readFile(join(root, 'package.json'), 'utf8')) as { version: string };
  const git = (...args: string[]): Promise<string> => run('git', args, { cwd: root });
  let commit = 'unknown';
  let date = new Date(0);
  try {
    const [hash = '', time = ''] = (await git('log', '-1', '--format=%H %cI')).trim().split(' ');
    const changed = (await git('status', '--porcelain')).trim() !== '';
    commit = changed ? `${hash}-changed` : hash;
    date = new Date(time);
  } catch {
    // Without git or outside a checkout there is nothing to say but the version.
  }
  return {
    version: version ?? described.version,
    commit,
    date: date.toISOString(),
    architectures: [...ARCHITECTURES],
  };
}

/**
 * npm installs the native packages of one architecture at a time: the first fills `node_modules`, of the others only
 * the packages that the first does not have are added. No install script is run: none of a box's packages needs one,
 * and it would act for this machine, not for the box.
 */
async function installDependencies(to: string): Promise<void> {
  for (const [index, architecture] of ARCHITECTURES.entries()) {
    const at = index === 0 ? to : join(to, '.other');
    if (index > 0) {
      await mkdir(at);
      for (const file of ['package.json', 'package-lock.json', '.npmrc'])
        await cp(join(to, file), join(at, file));
    }
    await run(
      'npm',
      [
        'ci',
        '--omit=dev',
        '--ignore-scripts',
        '--os=linux',
        `--cpu=${architecture}`,
        '--libc=glibc',
        '--prefer-offline',
        '--loglevel=error',
      ],
      { cwd: at },
    );
    if (index > 0) await addMissing(join(at, 'node_modules'), join(to, 'node_modules'));
    await rm(join(to, '.other'), { recursive: true, force: true });
    await trimNode(join(to, `node_modules/node-linux-${architecture}`));
  }
  for (const architecture of ARCHITECTURES) {
    const absent = await absentNativePackages(to, architecture);
    if (absent.length > 0) throw new Error(`npm left out ${absent.join(', ')}. Is the registry reachable?`);
  }
  // They point into the package of one architecture; a box makes its own `node` link.
  await rm(join(to, 'node_modules/.bin'), { recursive: true, force: true });
  await rm(join(to, 'node_modules/.package-lock.json'), { force: true });
}

/** Packages are folders of `node_modules`, or of a scope in it. */
async function addMissing(from: string, to: string): Promise<void> {
  const known = new Set(await readdir(to));
  for (const name of await readdir(from)) {
    if (name.startsWith('.')) continue;
    if (!known.has(name)) await cp(join(from, name), join(to, name), { recursive: true });
    else if (name.startsWith('@')) await addMissing(join(from, name), join(to, name));
  }
}

async function trimNode(at: string): Promise<void> {
  for (const name of await readdir(at)) {
    if (!NODE_PARTS.has(name)) await rm(join(at, name), { recursive: true });
  }
}

/** Root unpacks it, the appliance's user reads it, whatever umask it was made under. */
async function readableByAll(at: string): Promise<void> {
  await chmod(at, 0o755);
  for (const entry of await readdir(at, { recursive: true, withFileTypes: true })) {
    if (entry.isSymbolicLink()) continue;
    const path = join(entry.parentPath, entry.name);
    const program = entry.isDirectory() || ((await stat(path)).mode & 0o100) !== 0;
    await chmod(path, program ? 0o755 : 0o644);
  }
}
