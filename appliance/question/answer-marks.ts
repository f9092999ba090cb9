import type { CaptionLine } from '../protocol/views.ts';

interface Span {
  readonly question: string;
  readonly from: number;
  to: number;
}

/** Answers that may still be on their way through the slowest interpreter. */
const REMEMBERED = 3;

/**
 * Which captions are an answer: those of what the guide says from when they take a question until they have done. A
 * translation is late by its lag, and so is its mark.
 */
export class AnswerMarks {
  private readonly lagMs: (language: string) => number;
  private spans: Span[] = [];

  /** @param lagMs how far a language is behind the guide */
  constructor({ lagMs }: { lagMs: (language: string) => number }) {
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
    return span ? { ...line, answers: span.question } : line;
  }
}
