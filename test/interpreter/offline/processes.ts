import { readdirSync, readFileSync } from 'node:fs';

interface Process {
  readonly pid: number;
  readonly parent: number;
  readonly name: string;
}

/** Programs that this test process started, and those that they started, by name. */
export function childrenNamed(name: string): number[] {
  return children()
    .filter((child) => child.name === name)
    .map(({ pid }) => pid);
}

/** One that an earlier test has left may end by itself meanwhile. */
export function killNamed(name: string): void {
  for (const pid of childrenNamed(name)) {
    try {
      process.kill(pid, 'SIGKILL');
    } catch (error) {
      if (!(error instanceof Error && 'code' in error && error.code === 'ESRCH')) throw error;
    }
  }
}

export function children(): Process[] {
  const all = readdirSync('/proc')
    .filter((entry) => /^\d+$/.test(entry))
    .flatMap((entry) => processOf(Number(entry)));
  const mine = new Set([process.pid]);
  for (let before = 0; before < mine.size;) {
    before = mine.size;
    for (const { pid, parent } of all) if (mine.has(parent)) mine.add(pid);
  }
  return all.filter(({ pid }) => pid !== process.pid && mine.has(pid));
}

function processOf(pid: number): Process[] {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    const end = stat.lastIndexOf(')');
    // The kernel keeps 15 characters of the name.
    const name = readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0', 1)[0]?.split('/').at(-1) ?? '';
    return [{ pid, name, parent: Number(stat.slice(end + 4).split(' ', 1)[0]) }];
  } catch {
    return [];
  }
}
