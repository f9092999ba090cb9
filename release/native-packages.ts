import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';

interface Locked {
  readonly dev?: boolean;
  readonly devOptional?: boolean;
  readonly os?: readonly string[];
  readonly cpu?: readonly string[];
  readonly libc?: readonly string[];
}

/**
 * Packages for Linux on this architecture that the lockfile names and `folder` does not hold. npm leaves out an
 * optional package that it could not fetch without a word, and all native packages are optional.
 */
export async function absentNativePackages(folder: string, architecture: string): Promise<string[]> {
  const lock = JSON.parse(await readFile(join(folder, 'package-lock.json'), 'utf8')) as {
    packages: Readonly<Record<string, Locked>>;
  };
  return Object.entries(lock.packages)
    .filter(
      ([, { dev, devOptional, os, cpu, libc }]) =>
        !dev &&
        !devOptional &&
        cpu?.includes(architecture) &&
        (os?.includes('linux') ?? true) &&
        (libc?.includes('glibc') ?? true),
    )
    .map(([path]) => path)
    .filter((path) => !existsSync(join(folder, path)));
}
