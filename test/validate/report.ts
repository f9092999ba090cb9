/** What a check found: a figure in words. It throws, or fails, where what must be is not. */
type Check = () => Promise<string>;

/** Judges a figure, unless only whether it works is asked. @throws when `figure` is more. */
type AtMost = (what: string, figure: number, limit: number) => void;

interface Row {
  readonly name: string;
  readonly ok: boolean;
  readonly text: string;
  readonly ms: number;
}

/** On a busy machine a figure says nothing; what works there at all is what is asked. */
export function judge({ figures }: { figures: boolean }): AtMost {
  return (what, figure, limit) => {
    if (figures && figure > limit) throw new Error(`${what}: ${figure}, at most ${limit}`);
  };
}

/** Makes one check after the other, each with a deadline, and says of each how it went as soon as it is known. */
export class Report {
  readonly rows: Row[] = [];
  private readonly deadlineMs: number;

  constructor({ deadlineMs }: { deadlineMs: number }) {
    this.deadlineMs = deadlineMs;
  }

  async check(name: string, check: Check): Promise<void> {
    const began = performance.now();
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<never>((_, reject) => {
      timer = setTimeout(() => reject(new Error(`not within ${this.deadlineMs / 1_000} s`)), this.deadlineMs);
    });
    const found = await Promise.race([check(), late]).then(
      (text) => ({ ok: true, text }),
      (error: unknown) => ({ ok: false, text: error instanceof Error ? error.message : String(error) }),
    );
    clearTimeout(timer);
    const row = { name, ...found, ms: Math.round(performance.now() - began) };
    this.rows.push(row);
    process.stdout.write(`${lineOf(row)}\n`);
  }

  get failed(): number {
    return this.rows.filter(({ ok }) => !ok).length;
  }
}

function lineOf({ name, ok, text, ms }: Row): string {
  return `${ok ? '✓' : '✗'} ${name.padEnd(22)} ${String(ms).padStart(6)} ms  ${text.replaceAll(/\s+/g, ' ')}`;
}

/** The `share`th of sorted values. */
export function percentile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return Math.round(sorted[Math.ceil(share * sorted.length) - 1] ?? NaN);
}
