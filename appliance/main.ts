import { generate } from 'lean-qr';
import { Appliance } from './appliance.ts';
import { describeInstallation, installPrograms } from './health/program-installation.ts';
import { BOX_PROGRAMS, checkPrograms } from './health/programs.ts';
import { Watchdog } from './health/watchdog.ts';
import { buildPages, pagesAreStale } from './http/page-build.ts';
import { createLog, RecentLog } from './log.ts';
import { UbizoError } from './protocol/errors.ts';
import { readSettings, type Settings, SettingsError } from './settings.ts';

/** sysexits.h: 78 is a configuration error. */
const EXIT = { failed: 1, badSettings: 78 } as const;

const say = (text: string): void => void process.stdout.write(`${text}\n`);

function settingsOrExit(): Settings {
  try {
    return readSettings(process.env);
  } catch (error) {
    if (!(error instanceof SettingsError)) throw error;
    process.stderr.write(`${error.message}\n`);
    return process.exit(EXIT.badSettings);
  }
}

/** Installs the programs that are missing, or says how; the box goes on with what is there. */
async function preparePrograms(): Promise<void> {
  const { missing } = await checkPrograms(BOX_PROGRAMS);
  if (missing.length === 0) return;
  say(`Some programs are missing: ${missing.map(({ name }) => name).join(', ')}.`);
  const installation = await installPrograms({ missing, onProgress: (line) => say(`  ${line}`) });
  for (const line of describeInstallation(installation)) say(line);
}

async function preparePages(): Promise<void> {
  if (!(await pagesAreStale())) return;
  say('Building the pages …');
  const problem = await buildPages();
  if (problem !== undefined) say(`The pages could not be built:\n${problem}`);
}

/** For who stands before the terminal. A journal is read by others too, and the setup code is on the label. */
function welcome(appliance: Appliance): void {
  if (process.env['JOURNAL_STREAM'] !== undefined) return;
  const guide = `${appliance.url}/guide`;
  const code = generate(guide).toString({ on: '  ', off: '██', pad: 2 });
  say(`\n${code}`);
  say(`Guide:       ${guide}`);
  say(`Here:        ${appliance.healthUrl.replace('127.0.0.1', 'localhost').replace('healthz', 'guide')}`);
  say(`Visitors:    ${appliance.url}/`);
  say(`Setup code:  ${appliance.setupCode}`);
  say(`Interpreter: ${appliance.interpreter}\n`);
}

function reason(error: unknown): string {
  if (error instanceof UbizoError) return error.message;
  if (error instanceof Error && 'code' in error) {
    if (error.code === 'EADDRINUSE')
      return 'Another program uses this port. Choose another with UBIZO_HTTP_PORT.';
    if (error.code === 'EADDRNOTAVAIL' || error.code === 'EAFNOSUPPORT')
      return 'This machine does not have the address that UBIZO_HOST names. Leave it out to listen on all.';
    if (error.code === 'EACCES')
      return 'This port needs more rights. Choose one above 1023 with UBIZO_HTTP_PORT.';
  }
  return error instanceof Error ? error.message : String(error);
}

const settings = settingsOrExit();
const recent = new RecentLog();
const log = createLog({ level: settings.log, recent });
await preparePrograms();
await preparePages();
const appliance = new Appliance({ settings, log, recent });
const watchdog = new Watchdog({ environment: process.env, url: () => appliance.healthUrl, log });

let stopping = false;
const stop = async (signal: string): Promise<void> => {
  if (stopping) return;
  stopping = true;
  log.info({ signal }, 'stopping');
  await watchdog.stop();
  await appliance.stop();
  process.exit(0);
};
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => void stop(signal));
// Whatever one visitor's connection does, the guide's voice goes on for the others.
process.on('uncaughtException', (error) => log.error({ err: error }, 'unexpected'));
process.on('unhandledRejection', (error) => log.error({ err: error }, 'unexpected'));

try {
  await appliance.start();
  if (!stopping) {
    welcome(appliance);
    watchdog.start();
  }
} catch (error) {
  log.fatal({ err: error }, 'cannot start');
  process.stderr.write(`Ubizo cannot start. ${reason(error)}\n`);
  process.exit(EXIT.failed);
}
