import { spawnSync } from 'node:child_process';

/** Whether {@link mountDisk} works: a file system of its own needs rights that not every machine gives. */
export const mayMount =
  spawnSync('unshare', ['--mount', 'mount', '-t', 'tmpfs', 'tmpfs', '/mnt']).status === 0;

/** A disk in memory over the folder; `size=64k`, or `remount,ro`. */
export function mountDisk(folder: string, options: string): void {
  const { status, stderr } = spawnSync('mount', ['-t', 'tmpfs', '-o', options, 'tmpfs', folder]);
  if (status !== 0) throw new Error(stderr.toString());
}

/** Takes it away again, if there is one. */
export function unmountDisk(folder: string): void {
  spawnSync('umount', [folder], { stdio: 'ignore' });
}
