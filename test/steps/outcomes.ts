import { readFile } from 'node:fs/promises';
import * as z from 'zod';
import { type Outcome, type Traces, timedTests } from './step.ts';

const vitestReport = z.object({
  numPassedTests: z.number(),
  numFailedTests: z.number(),
  numFailedTestSuites: z.number(),
  testResults: z.array(
    z.object({
      name: z.string(),
      status: z.string(),
      assertionResults: z.array(
        z.object({ fullName: z.string(), status: z.string(), duration: z.number().nullish() }),
      ),
    }),
  ),
});

/** Vitest's reporter `json`. */
export async function ofVitest({ report }: Traces): Promise<Outcome> {
  const { numPassedTests, numFailedTests, numFailedTestSuites, testResults } = vitestReport.parse(
    JSON.parse(await readFile(report, 'utf8')),
  );
  return {
    passed: numPassedTests,
    // A file that cannot even be loaded has no tests to fail.
    failed: numFailedTests || numFailedTestSuites,
    tests: testResults
      .flatMap(({ assertionResults }) => assertionResults)
      .map(({ fullName, duration }) => ({ name: fullName, seconds: (duration ?? 0) / 1_000 })),
    failures: testResults.flatMap(({ name: file, status, assertionResults }) => {
      const failed = assertionResults.filter(({ status }) => status === 'failed');
      if (failed.length === 0) return status === 'failed' ? [{ name: 'the file as a whole', file }] : [];
      return failed.map(({ fullName }) => ({ name: fullName, file }));
    }),
  };
}

/** The summary that web-test-runner prints, and what test/ui/report.mjs writes. */
export async function ofComponents({ output, report }: Traces): Promise<Outcome> {
  const tests = timedTests.parse(JSON.parse(await readFile(report, 'utf8')));
  return { ...lastLine(output), tests, failures: [] };
}

/** What test/firmware-scripts/run prints: TAP with times in between, and the sum in its last line. */
export async function ofScripts({ output }: Traces): Promise<Outcome> {
  const timed = output.matchAll(/^(?:not )?ok \d+ (.*) in (\d+)ms$/gm);
  const tests = Array.from(timed, ([, name = '', ms]) => ({ name, seconds: Number(ms) / 1_000 }));
  const failed = output.matchAll(/^not ok \d+ (.*) in \d+ms$/gm);
  return { ...lastLine(output), tests, failures: Array.from(failed, ([, name = '']) => ({ name })) };
}

/** @throws when there is none. */
function lastLine(output: string): { passed: number; failed: number } {
  const last = [...output.matchAll(/(\d+) passed, (\d+) failed/g)].at(-1);
  if (!last) throw new Error('It did not count.');
  return { passed: Number(last[1]), failed: Number(last[2]) };
}
