import type { CaptionLine } from '../protocol/views.ts';

interface Span {
  readonly question: string;
  readonly from: number;
  to: number;
}

/** Those that may still be on their way through the slowest interpreter. */
const REMEMBERED = 3;

/**
 * Which captions are a question, or its answer: those of what a visitor says to all while they have the floor, and of what
 * the guide says from when they take a question until they have done. A translation is late by its lag, and so is its mark.
 */
export class QuestionMarks {
  private readonly as: 'asked' | 'answers';
  private readonly lagMs: (language: string) => number;
  private spans: Span[] = [];

  /** @param lagMs how far a language is behind the guide */
  constructor({ as, lagMs }: { as: 'asked' | 'answers'; lagMs: (language: string) => number }) {
    this.as = as;
    this.lagMs = lagMs;
  }

  /** Times: ms since the epoch. */
  begin(question: string, from: number): void {
    this.end(from);
    this.spans = [...this.spans, { question, from, to: Infinity }].slice(-REMEMBERED);
  }

  end(to: number): void {
    const last = this.spans.at(-1);
    if (last) last.to = Math.min(last.to, to);
  }

  /** A line that begins. */
  mark(line: CaptionLine): CaptionLine {
    if (line.asked !== undefined || this.spans.length === 0) return line;
    const said = line.at - this.lagMs(line.language);
    const span = this.spans.find(({ from, to }) => said >= from && said < to);
    return span ? { ...line, [this.as]: span.question } : line;
  }
}
