import type { Tour } from '../tour/tour.ts';
import type { TranslateText, Wording } from '../translator/wording.ts';
import type { Board } from './board.ts';
import type { Question } from './question.ts';

export interface TranslatingOptions {
  readonly tour: Pick<Tour, 'record' | 'attendance'>;
  readonly board: Board;
  readonly translate: TranslateText;
  /** Ms since the epoch. */
  readonly now: () => number;
  /** A question is there in the guide's language. */
  readonly onGuides: (question: Question) => void;
}

/** A question that others are to see is kept from them for so long while it is translated, ms. */
const PATIENCE_MS = 3_000;

/** Has questions and replies translated, each into a language when somebody is to read it there. */
export class Translating {
  private readonly options: TranslatingOptions;
  private readonly timers = new Set<NodeJS.Timeout>();

  constructor(options: TranslatingOptions) {
    this.options = options;
  }

  stop(): void {
    for (const timer of this.timers) clearTimeout(timer);
  }

  /** Those in which the tour is heard or read just now, the guide's first. */
  get languages(): string[] {
    const { tour } = this.options;
    const { floorLanguage, languages } = tour.record;
    return [floorLanguage, ...languages.filter((language) => tour.attendance.audience(language) > 0)];
  }

  /** All are to see it, each in their own language. */
  forAll(question: Question): void {
    const { now, board } = this.options;
    question.patienceUntil = now() + PATIENCE_MS;
    for (const language of this.languages) void this.want(question, language);
    const timer = setTimeout(() => {
      this.timers.delete(timer);
      board.news.changed(question.id);
    }, PATIENCE_MS);
    this.timers.add(timer);
  }

  /** Whether it may be shown: it is translated, or has been waited for long enough. */
  isReady({ words, patienceUntil }: Question, language: string): boolean {
    return words.settled(language) || this.options.now() >= patienceUntil;
  }

  /** @returns undefined when there is nothing to wait for. */
  want(question: Question, language: string): Promise<void> | undefined {
    const { tour, onGuides } = this.options;
    return this.make(question, question.words, language, () => {
      if (language === tour.record.floorLanguage) onGuides(question);
    });
  }

  wantReply(question: Question, language: string): void {
    if (question.reply) void this.make(question, question.reply.words, language);
  }

  private make(question: Question, words: Wording, language: string, done?: () => void) {
    const { translate, now } = this.options;
    const isComing = words.isComing(language);
    const coming = words.want(language, translate, now());
    // It is told of once, however many want it.
    if (!coming || isComing) return coming;
    return this.follow(question, coming, done);
  }

  private async follow(question: Question, coming: Promise<void>, done?: () => void): Promise<void> {
    const { board } = this.options;
    await coming;
    if (board.find(question.id) !== question) return;
    board.changed(question);
    done?.();
  }
}
