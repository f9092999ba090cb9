import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';

/** `program`: a name on the PATH, or a path. */
export function canRun(program: string): boolean {
  if (program.includes('/')) return canAccess(program, constants.X_OK);
  const directories = (process.env['PATH'] ?? '').split(delimiter);
  return directories.some((directory) => canAccess(join(directory, program), constants.X_OK));
}

export function canRead(path: string): boolean {
  return canAccess(path, constants.R_OK);
}

function canAccess(path: string, mode: number): boolean {
  try {
    accessSync(path, mode);
    return true;
  } catch {
    return false;
  }
}
