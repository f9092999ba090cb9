import { expect, it } from 'vitest';
import { PocketsphinxDialogue } from '../../appliance/interpreter/offline/pocketsphinx.ts';
import { PROGRAM_TIMING } from '../../appliance/program/timing.ts';
import { WarmProgram, type ProgramState } from '../../appliance/program/warm-program.ts';
import { silentLog } from '../../appliance/log.ts';

function missingProgram(timing: { firstRetryMs: number; lastRetryMs: number }) {
  return new WarmProgram({
    name: 'pocketsphinx',
    log: silentLog(),
    timing: { ...PROGRAM_TIMING, ...timing },
    open: () => new PocketsphinxDialogue({ program: 'no-such-program', model: '/no/such/model' }),
  });
}

function tenSeconds() {
  return { samples: new Int16Array(0), seconds: 10 };
}

it('holds thirty seconds of speech for a program that is away, and drops the oldest beyond', async () => {
  const program = missingProgram({ firstRetryMs: 60_000, lastRetryMs: 60_000 });
  program.start();
  const answers = [1, 2, 3, 4, 5].map(() => program.ask(tenSeconds()));
  expect(await Promise.all(answers.slice(0, 2))).toEqual([undefined, undefined]);
  expect(program.dropped).toBe(2);
  await program.stop();
  expect(await Promise.all(answers)).toEqual([undefined, undefined, undefined, undefined, undefined]);
  expect(await program.ask(tenSeconds())).toBeUndefined();
});

it('waits longer after each attempt, up to a limit, never exactly the same', async () => {
  const program = missingProgram({ firstRetryMs: 8, lastRetryMs: 32 });
  const pauses: ProgramState[] = [];
  const enough = Promise.withResolvers<void>();
  program.subscribe((state) => {
    if (state.kind === 'waiting') pauses.push(state);
    if (pauses.length === 5) enough.resolve();
  });
  program.start();
  await enough.promise;
  await program.stop();
  const limits = [8, 16, 32, 32, 32];
  for (const [i, state] of pauses.slice(0, 5).entries()) {
    expect(state).toMatchObject({ attempt: i + 1 });
    const { retryInMs } = state as Extract<ProgramState, { kind: 'waiting' }>;
    expect(retryInMs).toBeLessThanOrEqual(limits[i]!);
    expect(retryInMs).toBeGreaterThanOrEqual(limits[i]! / 2);
  }
  expect(program.state).toEqual({ kind: 'stopped' });
});
