import { delimiter, dirname } from 'node:path';
import { describeInstallation, installPrograms } from '../../appliance/health/program-installation.ts';
import { BOX_PROGRAMS, checkPrograms, type Program, TEST_PROGRAMS } from '../../appliance/health/programs.ts';
import { installedPrograms } from './installed-programs.ts';

const PROGRAMS = [...BOX_PROGRAMS, ...TEST_PROGRAMS];

/** Installs what the steps need, where that is possible and allowed, and says how it went. @returns what is still missing. */
export async function preparePrograms(): Promise<readonly Program[]> {
  const { missing } = await checkPrograms(PROGRAMS);
  const installation = await installPrograms({ missing, onProgress: (line) => console.log(`  ${line}`) });
  for (const line of describeInstallation(installation)) console.log(line);
  return 'missing' in installation ? installation.missing : [];
}

/**
 * The path of all steps: this Node, the project's programs, and what the lists of programs bring to a fresh Debian,
 * nothing else. A program that a test uses and no list names is not found, here as on a machine that has nothing.
 * Without dpkg, what is there, with the administrator's programs.
 *
 * @param bin programs of npm's packages. @param folder for links; does not exist yet.
 */
export async function pathOfSteps({ bin, folder }: { bin: string; folder: string }): Promise<string> {
  const names = PROGRAMS.map(({ name }) => name);
  const installed = await installedPrograms(names, folder);
  const rest = installed ?? [process.env['PATH'], '/usr/sbin', '/sbin'].join(delimiter);
  return [dirname(process.execPath), bin, rest].join(delimiter);
}
