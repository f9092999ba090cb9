import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';

/** One system call of a process, as `strace -ttt -y` tells it. */
export interface SystemCall {
  readonly name: string;
  readonly args: string;
  /** Seconds since the epoch. */
  readonly at: number;
  /** Where it began and where it ended in the trace: calls of other threads may lie between. */
  readonly began: number;
  readonly ended: number;
  readonly failed: boolean;
}

const LINE = /^(\d+) +([\d.]+) (.*)$/;
/** Where a call is broken off by another thread's; with the space, or else what is put together has one too many. */
const BROKEN_OFF = ' <unfinished ...>';

/** Watches what a process asks of the kernel. */
export class Trace {
  private readonly strace: ChildProcess;
  private readonly path: string;

  private constructor(strace: ChildProcess, path: string) {
    this.strace = strace;
    this.path = path;
  }

  /** @param calls names of system calls. */
  static async attach(
    pid: number,
    { calls, path }: { calls: readonly string[]; path: string },
  ): Promise<Trace> {
    const strace = spawn(
      'strace',
      ['-f', '-ttt', '-y', '-s', '64', '-e', `trace=${calls.join(',')}`, '-o', path, '-p', String(pid)],
      { stdio: ['ignore', 'ignore', 'pipe'] },
    );
    let said = '';
    while (!said.includes('attached')) {
      const [chunk] = (await Promise.race([once(strace.stderr, 'data'), once(strace, 'exit')])) as [unknown];
      if (!Buffer.isBuffer(chunk)) throw new Error(`strace: ${said}`);
      said += chunk.toString();
    }
    return new Trace(strace, path);
  }

  /**
   * Of a call whose end it has not seen yet, strace does not tell that it ended, though others may have its effect
   * already. @param answered something that the process does and the caller waits for: a thread goes on only after
   * strace has seen the end of what it did before.
   */
  async stop(answered: () => Promise<unknown>): Promise<SystemCall[]> {
    await answered();
    this.strace.kill('SIGINT');
    await once(this.strace, 'exit');
    return parseTrace(await readFile(this.path, 'utf8'));
  }
}

/** @param text what strace has written. Calls come in the order in which they ended. */
export function parseTrace(text: string): SystemCall[] {
  const calls: SystemCall[] = [];
  const unfinished = new Map<
    string,
    { readonly at: number; readonly began: number; readonly head: string }
  >();
  for (const [index, line] of text.split('\n').entries()) {
    const [, thread = '', at = '', rest = ''] = LINE.exec(line) ?? [];
    if (rest.endsWith(BROKEN_OFF)) {
      unfinished.set(thread, {
        at: Number(at),
        began: index,
        head: rest.slice(0, -BROKEN_OFF.length),
      });
      continue;
    }
    const resumed = /^<\.\.\. \w+ resumed>/.exec(rest)?.[0];
    const begun = resumed === undefined ? undefined : unfinished.get(thread);
    const whole = (begun?.head ?? '') + rest.slice(resumed?.length ?? 0);
    const [, name, args = '', result = ''] = /^(\w+)\((.*)\) += (.*)$/.exec(whole) ?? [];
    if (name === undefined) continue;
    calls.push({
      name,
      args,
      at: begun?.at ?? Number(at),
      began: begun?.began ?? index,
      ended: index,
      failed: result.startsWith('-1'),
    });
  }
  return calls;
}
