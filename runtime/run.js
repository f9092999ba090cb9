/**
 * Runs a script or a program on the Node that the lockfile pins: `node runtime/run.js SCRIPT.ts ARGUMENT…` or
 * `node runtime/run.js PROGRAM ARGUMENT…`. Plain JavaScript, because any Node from 18 on must be able to read it: Debian's
 * npm 9 installs the pinned Node but links nothing to it in `node_modules/.bin`, so that scripts meet the system's Node.
 *
 * What it starts has this process's terminal, gets its signals and gives it its exit status; it finds the pinned Node
 * and the project's programs first on its path.
 */
import { spawn } from 'node:child_process';
import { accessSync, constants, existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { constants as system } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const CPUS = ['x64', 'arm64'];
const SIGNALS = ['SIGTERM', 'SIGHUP', 'SIGINT', 'SIGQUIT', 'SIGUSR1', 'SIGUSR2'];
/** Those that a terminal sends to everything in its foreground, so that a program need not be told again. */
const KEYS = new Set(['SIGINT', 'SIGQUIT']);
const SCRIPT = /\.[cm]?[jt]s$/;

function main([command, ...rest]) {
  if (command === undefined) {
    process.stderr.write('Usage: node runtime/run.js SCRIPT|PROGRAM [ARGUMENT…]\n');
    process.exit(2);
  }
  const places = modulesFolders();
  const node = pinnedNode(places);
  const isForNode = SCRIPT.test(command) || command.startsWith('-');
  const [program, args] = isForNode ? [node, [command, ...rest]] : [command, rest];
  const path = [dirname(node), ...places.map((folder) => join(folder, '.bin')), process.env.PATH ?? ''];
  run(program, args, { ...process.env, PATH: path.filter(Boolean).join(delimiter) });
}

/** Where Node looks for packages from here, nearest first: the project may itself be installed in another. */
function modulesFolders() {
  const folders = createRequire(import.meta.url).resolve.paths('node') ?? [];
  return folders.filter((folder) => existsSync(folder));
}

function pinnedNode(places) {
  if (process.platform !== 'linux' || !CPUS.includes(process.arch)) {
    giveUp(
      `Ubizo runs on 64-bit Linux on an x64 or arm64 processor; this Node was built for ${process.platform} on ${process.arch}.`,
    );
  }
  const name = `node-linux-${process.arch}`;
  const candidates = places.map((folder) => join(folder, name, 'bin/node'));
  const node = candidates.find((candidate) => existsSync(candidate));
  if (node === undefined) {
    giveUp(
      existsSync(join(ROOT, 'node_modules'))
        ? `The Node that Ubizo runs on is missing: ${name} is not in node_modules. It is an optional package, because each processor needs another: run "npm ci", without --omit=optional or --no-optional.`
        : 'Nothing is installed yet: run "npm ci" first.',
    );
  }
  try {
    accessSync(node, constants.X_OK);
  } catch {
    giveUp(
      `${node} may not be run: run "npm ci" again, on a disk from which programs may be run (not mounted noexec).`,
    );
  }
  return node;
}

function run(program, args, env) {
  // Heard before there is anything to end: a signal that comes meanwhile is passed on when there is.
  for (const signal of SIGNALS) {
    process.on(signal, () => {
      if (!KEYS.has(signal) || !process.stdin.isTTY) child.kill(signal);
    });
  }
  const child = spawn(program, args, { stdio: 'inherit', env });
  child.on('error', ({ code }) => {
    // ENOENT is also what the kernel says of a program whose loader is not there.
    const advice = program.includes('/')
      ? 'Ubizo needs a Linux with glibc, such as Debian.'
      : 'Run "npm ci" first.';
    giveUp(`${program} cannot be run (${code}). ${advice}`);
  });
  child.on('exit', (code, signal) => {
    if (signal === null) process.exit(code ?? 1);
    process.removeAllListeners(signal);
    process.kill(process.pid, signal);
    // For a signal that does not end this process: as a shell tells it.
    setTimeout(() => process.exit(128 + system.signals[signal]), 1000);
  });
}

function giveUp(why) {
  process.stderr.write(`${why}\n`);
  process.exit(1);
}

main(process.argv.slice(2));
