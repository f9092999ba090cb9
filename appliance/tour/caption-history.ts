import type { CaptionLine } from '../protocol/views.ts';

export const LINES_PER_LANGUAGE = 40;

/** What of a line is known when it begins, beside its words. */
export type LineMark = (line: CaptionLine) => CaptionLine;

/** A tour's captions: each is told as it comes, and the last of each language are kept for who comes in late or comes back. */
export class CaptionHistory {
  private readonly lines = new Map<string, CaptionLine[]>();
  private readonly onLine: (line: CaptionLine) => void;
  private mark: LineMark | undefined;

  constructor({ onLine }: { onLine: (line: CaptionLine) => void }) {
    this.onLine = onLine;
  }

  /** A line has come, or has grown: all who observe the tour are told. */
  add(line: CaptionLine): void {
    const known = this.lines.get(line.language)?.findLast(({ id }) => id === line.id);
    // What a line is said for is settled when it begins.
    const told = known ? marked(line, known) : (this.mark?.(line) ?? line);
    this.keep(told);
    this.onLine(told);
  }

  /** From now on lines are looked at when they begin. @returns what to call when they are no longer. */
  markWith(mark: LineMark): () => void {
    this.mark = mark;
    return () => {
      if (this.mark === mark) this.mark = undefined;
    };
  }

  /** A line of before: nobody is told. */
  keep(line: CaptionLine): void {
    const lines = this.lines.get(line.language) ?? [];
    this.lines.set(line.language, lines);
    const known = lines.findLastIndex(({ id }) => id === line.id);
    // The time of a line is when it began, or it would move in the list while it grows.
    if (known >= 0) lines[known] = { ...line, at: lines[known]?.at ?? line.at };
    else lines.push(line);
    if (lines.length > LINES_PER_LANGUAGE) lines.shift();
  }

  clear(): void {
    this.lines.clear();
  }

  of(language: string): readonly CaptionLine[] {
    return this.lines.get(language) ?? [];
  }

  all(): readonly CaptionLine[] {
    return [...this.lines.values()].flat().toSorted((a, b) => a.at - b.at);
  }
}

function marked(line: CaptionLine, { asked, answers }: CaptionLine): CaptionLine {
  return { ...line, ...(asked !== undefined && { asked }), ...(answers !== undefined && { answers }) };
}
