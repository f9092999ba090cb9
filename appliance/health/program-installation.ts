import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { relative } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { checkPrograms, describeMissing, type Program } from './programs.ts';

const SCRIPT = fileURLToPath(new URL('../../firmware-scripts/install-packages', import.meta.url));

/** How an installation went; in any case the box goes on with what is there. */
export type Installation =
  | { readonly kind: 'nothing-missing' }
  | { readonly kind: 'installed'; readonly programs: readonly Program[] }
  /** Nothing was tried. `command` is what a person would type to install them. */
  | {
      readonly kind: 'left-out';
      readonly why: 'switched-off' | 'not-root' | 'no-apt-get';
      readonly missing: readonly Program[];
      readonly command: string;
    }
  /** Tried; these are still missing. `reason`: the last that the installation said. */
  | {
      readonly kind: 'failed';
      readonly missing: readonly Program[];
      readonly reason: string;
      readonly command: string;
    };

export interface InstallationOptions {
  /** Of {@link checkPrograms}. */
  readonly missing: readonly Program[];
  /** A line of what the installation says, as it goes on. */
  readonly onProgress: (line: string) => void;
  /** `UBIZO_INSTALL=no` leaves the machine as it is; PATH tells whether there is apt-get. Default: this process's. */
  readonly environment?: NodeJS.ProcessEnv;
  /** Whether this is root; default: as it is. */
  readonly root?: boolean;
  /** The program that installs the packages that are its arguments; default: firmware-scripts/install-packages. */
  readonly script?: string;
}

/** Installs what is missing, where that is possible and allowed. Never throws. */
export async function installPrograms({
  missing,
  onProgress,
  environment = process.env,
  root = process.getuid?.() === 0,
  script = SCRIPT,
}: InstallationOptions): Promise<Installation> {
  if (missing.length === 0) return { kind: 'nothing-missing' };
  const names = missing.map(({ name }) => name);
  const command = `sudo ${relative(process.cwd(), script)} ${names.join(' ')}`;
  const leftOut = { kind: 'left-out', missing, command } as const;
  if (environment['UBIZO_INSTALL'] === 'no') return { ...leftOut, why: 'switched-off' };
  if (!root) return { ...leftOut, why: 'not-root' };
  if (!(await hasAptGet(environment))) return { ...leftOut, why: 'no-apt-get' };

  const reason = await run({ script, names, environment, onProgress });
  const after = await checkPrograms(missing);
  if (after.missing.length === 0) return { kind: 'installed', programs: missing };
  return { kind: 'failed', missing: after.missing, reason, command };
}

/** For a terminal: how it went, what does not work now and how to mend it. */
export function describeInstallation(installation: Installation): readonly string[] {
  switch (installation.kind) {
    case 'nothing-missing':
      return [];
    case 'installed':
      return [`Installed: ${installation.programs.map(({ name }) => name).join(', ')}.`];
    case 'left-out':
      return [...describeMissing(installation.missing), mending(installation)];
    case 'failed':
      break;
  }
  return [
    ...describeMissing(installation.missing),
    `They could not be installed: ${installation.reason}`,
    `To try again: ${installation.command}`,
  ];
}

function mending({ why, missing, command }: Extract<Installation, { kind: 'left-out' }>): string {
  switch (why) {
    case 'switched-off':
      return `Nothing is installed, because UBIZO_INSTALL=no. To install them: ${command}`;
    case 'not-root':
      return `To install them: ${command}`;
    case 'no-apt-get':
      break;
  }
  return `This system has no apt-get. Install its packages for: ${missing.map(({ name }) => name).join(', ')}.`;
}

async function hasAptGet(environment: NodeJS.ProcessEnv): Promise<boolean> {
  const aptGet: Program = {
    name: 'apt',
    purpose: 'installing',
    without: 'Nothing can be installed.',
    proof: { kind: 'program', program: 'apt-get' },
  };
  return (await checkPrograms([aptGet], { path: environment['PATH'] ?? '' })).present.length > 0;
}

/** The last line that the script said. */
async function run({
  script,
  names,
  environment,
  onProgress,
}: {
  script: string;
  names: readonly string[];
  environment: NodeJS.ProcessEnv;
  onProgress: (line: string) => void;
}): Promise<string> {
  let last = 'it said nothing.';
  const hear = (line: string) => {
    if (line.trim() === '') return;
    last = line;
    onProgress(line);
  };
  try {
    const child = spawn(script, names, { env: environment, stdio: ['ignore', 'pipe', 'pipe'] });
    createInterface({ input: child.stdout }).on('line', hear);
    createInterface({ input: child.stderr }).on('line', hear);
    await once(child, 'close');
  } catch (error) {
    // The script may not be run at all.
    last = error instanceof Error ? error.message : String(error);
  }
  return last;
}
