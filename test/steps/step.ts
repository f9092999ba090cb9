import * as z from 'zod';

/** One test and how long it took, s. */
const timedTest = z.object({ name: z.string(), seconds: z.number() });
type TimedTest = z.infer<typeof timedTest>;
/** What the reporter of the component tests leaves (test/ui/report.mjs). */
export const timedTests = z.array(timedTest);

/** A test that failed. */
export interface Failure {
  readonly name: string;
  /** Where it is; nothing where the step does not say. */
  readonly file?: string;
}

/** What a step says of itself. */
export interface Outcome {
  readonly passed: number;
  readonly failed: number;
  /** In no order; nothing where the step does not time its tests. */
  readonly tests: readonly TimedTest[];
  /** Those that failed, by name; empty where the step does not name them. */
  readonly failures: readonly Failure[];
}

/** What a step leaves behind to be counted. */
export interface Traces {
  /** Everything it has printed. */
  readonly output: string;
  /** Where it was told to write a report, in the variable UBIZO_TEST_REPORT or by an argument. */
  readonly report: string;
}

export interface Step {
  readonly name: string;
  /** @param report a file that it may write. */
  readonly command: (report: string) => readonly [string, ...string[]];
  /** The same for a few files: what failed in company is tried once more alone. */
  readonly again?: (report: string, files: readonly string[]) => readonly [string, ...string[]];
  /** How many cores it keeps busy on average: what runs beside it is chosen by that. */
  readonly cores: number;
  /** How much it gives way to the others, 0 to 19 (nice(1)): what is heard in time comes before what waits anyhow. */
  readonly nice?: number;
  /** Steps that must have ended before, where they run at all. */
  readonly after?: readonly string[];
  /** Why it cannot run on this machine; nothing when it can. */
  readonly whyNot?: () => string | undefined;
  /** Reads the step's own count; without it the step counts as one. */
  readonly read?: (traces: Traces) => Promise<Outcome>;
}

/** A step that has ended. */
export interface Finished extends Outcome {
  readonly name: string;
  readonly seconds: number;
}
