import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { whyNot as whyNoNetworks } from '../network/namespaces.ts';
import { ofComponents, ofScripts, ofVitest } from './outcomes.ts';
import type { Step } from './step.ts';

/** A box is started some hundred times, and each of its threads would compile its modules anew. */
const COMPILED = `NODE_COMPILE_CACHE=${join(tmpdir(), 'ubizo-compile-cache')}`;

const vitest = (project: string, rest: Pick<Step, 'cores' | 'nice' | 'after' | 'whyNot'>): Step => {
  const command = (report: string, files: readonly string[] = []): readonly [string, ...string[]] => [
    'env',
    COMPILED,
    'vitest',
    'run',
    '--project',
    project,
    '--reporter=default',
    '--reporter=json',
    `--outputFile.json=${report}`,
    ...files,
  ];
  return { name: project, command, again: command, read: ofVitest, ...rest };
};

/**
 * All steps, in the order in which they begin where there is room: what is quick to tell or needed by others, then what
 * takes longest. On two cores `e2e` has the machine but for `scripts`, which mostly waits; sound that is judged as sound
 * needs a player that keeps up. Then comes `box`, with those that have a browser or a network beside it; when they are
 * done, the benches, some of which want both cores for themselves.
 */
export const STEPS: readonly Step[] = [
  { name: 'pages', command: () => ['vite', 'build', '--logLevel', 'warn'], cores: 1 },
  { name: 'types', command: () => ['tsc', '-b'], cores: 1 },
  { name: 'lint', command: () => ['oxlint', '--type-aware', '--deny-warnings'], cores: 1 },
  { name: 'unused', command: () => ['knip', '--no-progress'], cores: 1 },
  { name: 'scripts', command: () => ['test/firmware-scripts/run'], cores: 0.8, nice: 10, read: ofScripts },
  vitest('e2e', { cores: 1.2, after: ['pages'] }),
  vitest('box', { cores: 0.8, after: ['pages'] }),
  { name: 'components', command: () => ['web-test-runner'], cores: 0.4, read: ofComponents },
  vitest('network', { cores: 0.4, after: ['pages'], whyNot: whyNoNetworks }),
  vitest('benches', { cores: 1.2, nice: 5, after: ['pages'] }),
  { name: 'format', command: () => ['prettier', '--check', '--log-level', 'warn', '.'], cores: 1 },
];
