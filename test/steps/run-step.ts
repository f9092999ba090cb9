import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { getPriority, setPriority } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Finished, Outcome, Step } from './step.ts';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
/** Until what was asked to end is ended, ms. */
const PATIENCE_MS = 15_000;

/** Steps as processes, each at the head of a group of its own, so that all of it can be ended. */
export class StepRunner {
  private readonly scratch: string;
  private readonly live: boolean;
  private readonly groups = new Set<number>();
  private interrupted = false;

  /** @param scratch a folder for reports. @param live prints what a step says at once, not whole when it has ended. */
  constructor({ scratch, live }: { scratch: string; live: boolean }) {
    this.scratch = scratch;
    this.live = live;
  }

  /** Never throws: whatever goes wrong, the step has failed. */
  async run(step: Step): Promise<Finished> {
    if (this.interrupted)
      return { name: step.name, seconds: 0, passed: 0, failed: 1, tests: [], failures: [] };
    console.log(`── ${step.name} begins`);
    const began = performance.now();
    const report = join(this.scratch, `${step.name}.json`);
    const [program, ...args] = step.command(report);
    const child = spawn(program, args, {
      cwd: ROOT,
      detached: true,
      env: { ...process.env, UBIZO_TEST_REPORT: report },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    if (child.pid !== undefined) {
      this.groups.add(child.pid);
      setPriority(child.pid, Math.max(getPriority(child.pid), step.nice ?? 0));
    }
    let output = '';
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding('utf8').on('data', (text: string) => {
        output += text;
        if (this.live) process.stdout.write(text);
      });
    }
    const code = await once(child, 'close').then(
      ([code]) => code as number | null,
      (error: unknown) => {
        output += `${String(error)}\n`;
        return null;
      },
    );
    if (child.pid !== undefined) this.groups.delete(child.pid);
    const one: Outcome = { passed: code === 0 ? 1 : 0, failed: 0, tests: [], failures: [] };
    const own = (await step.read?.({ output, report }).catch(() => undefined)) ?? one;
    const finished: Finished = {
      ...own,
      name: step.name,
      // Whatever it counted, a step that says it failed has failed.
      failed: code === 0 ? own.failed : Math.max(1, own.failed),
      seconds: (performance.now() - began) / 1_000,
    };
    if (!this.live) process.stdout.write(`\n${output}`);
    console.log(
      `── ${step.name}: ${finished.passed} passed, ${finished.failed} failed, ${finished.seconds.toFixed(1)} s\n`,
    );
    return finished;
  }

  /** Passes a signal on to everything that runs; what does not heed it is killed. Nothing is begun any more. */
  interrupt(signal: 'SIGINT' | 'SIGTERM'): void {
    this.interrupted = true;
    this.send(signal);
    setTimeout(() => this.send('SIGKILL'), PATIENCE_MS).unref();
  }

  private send(signal: NodeJS.Signals): void {
    for (const group of this.groups) {
      try {
        process.kill(-group, signal);
      } catch {
        // It has ended already.
      }
    }
  }
}
