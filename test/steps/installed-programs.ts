import { execFile } from 'node:child_process';
import { mkdir, readdir, readlink, symlink } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);
const MAX_OUTPUT_BYTES = 256 * 1024 * 1024;

const FOLDERS = ['/usr/local/sbin', '/usr/local/bin', '/usr/sbin', '/usr/bin', '/sbin', '/bin'];
const PROGRAM = /^(?:\/usr)?\/s?bin\/([^/]+)$/;
const ALTERNATIVE = /^\/etc\/alternatives\/[^/]+$/;

interface Package {
  readonly name: string;
  /** As dpkg takes it, with the architecture. */
  readonly id: string;
  /** On every Debian, however little is installed. */
  readonly isBase: boolean;
  /** A clause each: names of which one is enough, the one that apt would take first. */
  readonly needs: readonly (readonly string[])[];
  readonly provides: readonly string[];
}

/**
 * A folder of links to exactly those programs that a fresh Debian has once `packages` are installed: theirs, those of
 * the packages that they depend on, and those of every Debian. With it as the path, what uses another program fails
 * here as it would there. A step of a test needs a second for it.
 *
 * @param folder does not exist yet.
 * @returns its path; nothing where there is no dpkg: then nobody can tell.
 * @throws when dpkg's own records cannot be read.
 */
export async function installedPrograms(
  packages: readonly string[],
  folder: string,
): Promise<string | undefined> {
  const known = await installedPackages();
  if (known === undefined) return undefined;
  const ids = closure(packages, known).map(({ id }) => id);
  const { stdout } = await run('dpkg-query', ['--listfiles', ...ids], { maxBuffer: MAX_OUTPUT_BYTES });
  const programs = new Map<string, string>();
  for (const path of stdout.split('\n')) {
    const name = PROGRAM.exec(path)?.[1];
    if (name !== undefined) programs.set(name, path);
  }
  for (const [name, path] of await alternatives(new Set(programs.values())))
    if (!programs.has(name)) programs.set(name, path);
  await mkdir(folder, { recursive: true });
  await Promise.all([...programs].map(([name, path]) => symlink(path, join(folder, name))));
  return folder;
}

async function installedPackages(): Promise<readonly Package[] | undefined> {
  const fields =
    'db:Status-Status Package Architecture Essential Priority Pre-Depends Depends Provides'.split(' ');
  const format = `${fields.map((field) => `\${${field}}`).join('\\t')}\\n`;
  const listed = await run('dpkg-query', ['--show', '--showformat', format], {
    maxBuffer: MAX_OUTPUT_BYTES,
  }).catch((error: unknown) => {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
    throw error;
  });
  return listed?.stdout
    .split('\n')
    .map((line) => line.split('\t'))
    .filter(([status]) => status === 'installed')
    .map(
      ([
        ,
        name = '',
        architecture = '',
        essential,
        priority,
        preDepends = '',
        depends = '',
        provides = '',
      ]) => ({
        name,
        id: `${name}:${architecture}`,
        isBase: essential === 'yes' || priority === 'required',
        needs: [...clauses(preDepends), ...clauses(depends)],
        provides: clauses(provides).flat(),
      }),
    );
}

/** Debian Policy, 7.1: clauses parted by commas, alternatives by bars; versions and architectures are told already. */
function clauses(field: string): string[][] {
  return field
    .split(',')
    .filter((clause) => clause.trim() !== '')
    .map((clause) => clause.split('|').map((name) => name.trim().replace(/[\s:(].*$/, '')));
}

/** `names`, what every Debian has, and what these depend on; of alternatives the first that is installed. */
function closure(names: readonly string[], known: readonly Package[]): readonly Package[] {
  const byName = new Map<string, Package[]>();
  for (const one of known) {
    for (const name of [one.name, ...one.provides]) byName.set(name, [...(byName.get(name) ?? []), one]);
  }
  const find = (name: string): readonly Package[] => {
    const all = byName.get(name) ?? [];
    const real = all.filter((one) => one.name === name);
    return real.length > 0 ? real : all;
  };
  const reached = new Set<Package>();
  const waiting = [...known.filter(({ isBase }) => isBase), ...names.flatMap(find)];
  for (let one = waiting.pop(); one !== undefined; one = waiting.pop()) {
    if (reached.has(one)) continue;
    reached.add(one);
    for (const need of one.needs) {
      const there = need.map(find).find((found) => found.length > 0);
      waiting.push(...(there ?? []));
    }
  }
  return [...reached];
}

/** update-alternatives(1): `awk` is a link to `/etc/alternatives/awk`, that one to mawk; no package lists the two. */
async function alternatives(programs: ReadonlySet<string>): Promise<[name: string, path: string][]> {
  const found: [string, string][] = [];
  for (const folder of FOLDERS) {
    for (const entry of await readdir(folder, { withFileTypes: true }).catch(() => [])) {
      if (!entry.isSymbolicLink()) continue;
      const path = join(folder, entry.name);
      const choice = await readlink(path);
      if (!ALTERNATIVE.test(choice)) continue;
      const target = await readlink(choice).catch(() => '');
      if (programs.has(target)) found.push([basename(path), path]);
    }
  }
  return found;
}
