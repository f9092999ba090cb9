import type { DeskQuestion } from '../protocol/questions.ts';
import type { Board } from './board.ts';
import { DeskQueue } from './desk-queue.ts';
import { isOpen, type Question } from './question.ts';
import { areTwins, tokensOf } from './twins.ts';
import { deskView } from './views.ts';

export interface DeskOptions {
  readonly board: Board;
  readonly blocked: ReadonlySet<string>;
  /** The guide's. */
  readonly language: () => string;
  /** It is to be there in the guide's language; then it is compared with the others. */
  readonly want: (question: Question) => void;
  /** Ms since the epoch. */
  readonly now: () => number;
}

/** What the guide has before them: no more a minute than can be read, each translated, with those that ask the same. */
export class Desk {
  private readonly options: DeskOptions;
  private readonly queue = new DeskQueue();
  /** Of those on the desk, in the guide's language. */
  private readonly tokens = new Map<string, ReadonlySet<string>>();
  private timer: NodeJS.Timeout | undefined;

  constructor(options: DeskOptions) {
    this.options = options;
  }

  stop(): void {
    clearTimeout(this.timer);
  }

  /** Who is lost does not wait; and what was spoken, the guide has heard. */
  add(question: Question): void {
    if (question.urgent || question.voice) return this.release(question);
    this.queue.add(question.id);
    this.next();
  }

  remove({ id, twins }: Question): void {
    this.queue.remove(id);
    this.tokens.delete(id);
    // Who asks and takes back, over and over, leaves nothing behind.
    for (const twin of twins) this.options.board.find(twin)?.twins.delete(id);
  }

  clear(): void {
    this.queue.clear();
    this.tokens.clear();
  }

  /** Goes on with what the board was filled with. */
  recall(): void {
    for (const question of this.options.board.all()) {
      if (!question.released) this.queue.add(question.id);
      else this.prepare(question);
    }
    this.next();
  }

  /** The guide reads another language from now on. */
  reread(): void {
    const { board } = this.options;
    this.tokens.clear();
    for (const question of board.all()) if (question.released) this.prepare(question);
    board.news.anew();
  }

  view(): DeskQuestion[] {
    const { board } = this.options;
    return board.desk().map((question) => this.viewOf(question));
  }

  /** With those that are open: whether they ask nearly the same. */
  compare(question: Question): void {
    if (!isOpen(question)) return;
    const { board, language } = this.options;
    const tokens = tokensOf(question.words.shown(language()).text);
    this.tokens.set(question.id, tokens);
    for (const other of board.all()) {
      const theirs = this.tokens.get(other.id);
      if (other === question || !theirs || !isOpen(other)) continue;
      if (!areTwins(tokens, theirs) || question.twins.has(other.id)) continue;
      question.twins.add(other.id);
      other.twins.add(question.id);
      board.news.changed(question.id);
      board.news.changed(other.id);
    }
  }

  private viewOf(question: Question): DeskQuestion {
    const { board, blocked, language } = this.options;
    return deskView(question, {
      language: language(),
      find: (id) => board.find(id),
      merged: board.mergedInto(question.id).length,
      blocked: blocked.has(question.attendee),
    });
  }

  private release(question: Question): void {
    question.released = true;
    this.options.board.changed(question);
    this.prepare(question);
  }

  private prepare(question: Question): void {
    this.options.want(question);
    if (question.words.settled(this.options.language())) this.compare(question);
  }

  private next(): void {
    clearTimeout(this.timer);
    const { board, now } = this.options;
    for (const id of this.queue.take(now())) {
      const question = board.find(id);
      if (question) this.release(question);
    }
    const wait = this.queue.next(now());
    if (wait !== undefined) this.timer = setTimeout(() => this.next(), wait).unref();
  }
}
