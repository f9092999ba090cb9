import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';

/** `ubz-<pid>-<name>`: nobody else's, and it shows which run left them behind. The pid is that of the whole run. */
const MARK = 'ubz-';
const RUN = 'UBZ_RUN';

const PROGRAMS = ['ip', 'dnsmasq', 'nft', 'busybox', 'systemd-socket-activate'];

/** Networks within this machine (ip-netns(8)); those that a test leaves behind go with the whole run (setup.ts). */
export class Namespaces {
  private readonly made = new Set<string>();

  /** A network with nothing but loopback. @returns its full name. */
  add(name: string): string {
    const full = `${MARK}${process.env[RUN] ?? process.pid}-${name}`;
    ip('netns', 'add', full);
    this.made.add(full);
    ip('-n', full, 'link', 'set', 'lo', 'up');
    // `ip netns exec` puts it in place of /etc/resolv.conf; it must be there before.
    mkdirSync(`/etc/netns/${full}`, { recursive: true });
    writeFileSync(`/etc/netns/${full}/resolv.conf`, '');
    return full;
  }

  close(): void {
    for (const name of this.made) remove(name);
    this.made.clear();
  }
}

export function ip(...args: readonly string[]): string {
  return execFileSync('ip', args, { encoding: 'utf8' });
}

/** A cable between two networks. */
export function cable(
  [here, nameHere]: readonly [namespace: string, interfaceName: string],
  [there, nameThere]: readonly [namespace: string, interfaceName: string],
): void {
  ip('-n', here, 'link', 'add', nameHere, 'type', 'veth', 'peer', 'name', nameThere, 'netns', there);
  ip('-n', here, 'link', 'set', nameHere, 'up');
  ip('-n', there, 'link', 'set', nameThere, 'up');
}

/** The command to run something there. */
export function within(namespace: string, command: readonly string[]): readonly [string, ...string[]] {
  return ['ip', 'netns', 'exec', namespace, ...command];
}

/** Why networks cannot be made here; nothing when they can. */
export function whyNot(): string | undefined {
  if (process.getuid?.() !== 0) return 'not root';
  for (const program of PROGRAMS) {
    if (spawnSync('sh', ['-c', `command -v ${program}`]).status !== 0) return `${program} is not installed`;
  }
  const name = `${MARK}${process.pid}-trial`;
  const made = spawnSync('ip', ['netns', 'add', name]);
  if (made.status !== 0) return 'this machine makes no network namespaces';
  remove(name);
  return undefined;
}

/** What is in there is ended first: processes keep a namespace alive without a name. */
function remove(name: string): void {
  const pids = spawnSync('ip', ['netns', 'pids', name], { encoding: 'utf8' }).stdout.split(/\s+/);
  for (const pid of pids.filter(Boolean)) {
    try {
      process.kill(Number(pid), 'SIGKILL');
    } catch {
      // Gone already.
    }
  }
  spawnSync('ip', ['netns', 'del', name]);
  rmSync(`/etc/netns/${name}`, { recursive: true, force: true });
}

/** Before all tests: clears away what killed runs have left. @returns the same for this run, after all tests. */
export function beginRun(): () => void {
  process.env[RUN] = String(process.pid);
  removeOf((pid) => !isAlive(pid));
  return () => removeOf((pid) => pid === process.pid);
}

function removeOf(matches: (pid: number) => boolean): void {
  for (const line of ip('netns', 'list').split('\n')) {
    const [name = ''] = line.split(' ');
    const pid = new RegExp(`^${MARK}(\\d+)-`).exec(name)?.[1];
    if (pid !== undefined && matches(Number(pid))) remove(name);
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}
