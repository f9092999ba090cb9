import type { CaptionLine } from '../protocol/views.ts';

export const LINES_PER_LANGUAGE = 40;

/** The last lines of each language, for who comes in late or comes back. */
export class CaptionHistory {
  private readonly lines = new Map<string, CaptionLine[]>();

  add(line: CaptionLine): void {
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
