import { readdirSync, readFileSync } from 'node:fs';

/** /proc counts in hundredths of a second on every Linux that Debian builds. */
const TICK_MS = 10;

/** A process with all that descend from it; its threads are counted in each. */
function tree(root: number): number[] {
  const parents = new Map<number, number>();
  for (const name of readdirSync('/proc')) {
    const pid = Number(name);
    if (!Number.isInteger(pid)) continue;
    const parent = Number(fieldsOf(pid)?.[1]);
    parents.set(pid, parent);
  }
  const found = [root];
  for (const pid of found) for (const [child, parent] of parents) if (parent === pid) found.push(child);
  return found;
}

/** User and system time that a process and its descendants have used, ms. */
export function cpuMs(root: number): number {
  return tree(root).reduce((sum, pid) => {
    const fields = fieldsOf(pid);
    return sum + (Number(fields?.[11] ?? 0) + Number(fields?.[12] ?? 0)) * TICK_MS;
  }, 0);
}

/** Memory that they hold, KB. */
export function residentKb(root: number): number {
  return tree(root).reduce((sum, pid) => {
    const status = readFileSync(`/proc/${pid}/status`, 'utf8');
    return sum + Number(/^VmRSS:\s+(\d+)/m.exec(status)?.[1] ?? 0);
  }, 0);
}

/** How long a core has worked, whoever for, ms. */
export function coreBusyMs(core: number): number {
  const stat = readFileSync('/proc/stat', 'utf8');
  const [user = 0, nice = 0, system = 0, , , irq = 0, softirq = 0, steal = 0] =
    new RegExp(`^cpu${core} (.*)$`, 'm').exec(stat)?.[1]?.split(' ').map(Number) ?? [];
  return (user + nice + system + irq + softirq + steal) * TICK_MS;
}

/** proc_pid_stat(5) from the third field on; the second may hold blanks. */
function fieldsOf(pid: number): string[] | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  } catch {
    // It has ended meanwhile.
    return undefined;
  }
}
