import { spawn } from 'node:child_process';
import type { Readable, Writable } from 'node:stream';

interface ChildEnd {
  /** Of its own accord and with exit code 0. */
  readonly clean: boolean;
  /** In words for the log. */
  readonly how: string;
}

/** A program on the box, running, with everything it started itself. */
export interface Child {
  readonly stdin: Writable;
  readonly stdout: Readable;
  readonly stderr: Readable;
  /** When it and all that it started are gone. Never rejects. */
  readonly ended: Promise<ChildEnd>;
  kill(): void;
}

/** Starts a program in a process group of its own. That it cannot be started arrives in `ended`, too. */
export function startChild({ program, args }: { program: string; args: readonly string[] }): Child {
  // Apertium reads and writes UTF-8 only when the locale says so; a system service has none.
  const env = { ...process.env, LC_ALL: 'C.UTF-8' };
  const child = spawn(program, args, { detached: true, env, stdio: ['pipe', 'pipe', 'pipe'] });
  const { promise: ended, resolve } = Promise.withResolvers<ChildEnd>();
  // A process number may belong to another program once this one is gone.
  let gone = child.pid === undefined;
  const end = (clean: boolean, how: string): void => {
    gone = true;
    resolve({ clean, how: `${program} ${how}` });
  };
  child.on('error', ({ message }) => {
    if (child.pid === undefined) end(false, `could not be started: ${message}`);
  });
  child.on('close', (code, signal) =>
    end(code === 0, `ended ${signal ? `by ${signal}` : `with code ${code}`}`),
  );
  // A write to a program that has just died: `ended` tells.
  child.stdin.on('error', () => {});
  const kill = (): void => {
    if (!gone) killGroup(child.pid);
  };
  return { stdin: child.stdin, stdout: child.stdout, stderr: child.stderr, ended, kill };
}

function killGroup(pid: number | undefined): void {
  if (pid === undefined) return;
  try {
    process.kill(-pid, 'SIGKILL');
  } catch {
    // Gone, but not yet reported.
  }
}
