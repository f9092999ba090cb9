import { UbizoError } from '../protocol/errors.ts';
import type { QuestionState } from '../protocol/questions.ts';
import { linesOf, lineOf, type QuestionsLine } from './journal.ts';
import type { Question } from './question.ts';
import { ChangesTold } from './question-news.ts';
import type { QuestionStore } from './question-store.ts';
import { ranked } from './ranking.ts';

export interface BoardOptions {
  readonly tour: string;
  readonly store: Pick<QuestionStore, 'add' | 'settle' | 'tidy'>;
  readonly blocked: ReadonlySet<string>;
}

/** All questions of one tour: found, changed, told of, and written down. */
export class Board {
  readonly news = new ChangesTold();
  private readonly options: BoardOptions;
  private readonly byId = new Map<string, Question>();
  private over = false;

  constructor(options: BoardOptions) {
    this.options = options;
  }

  /** Nothing is told or written down any more: the tour was deleted, and what was written of it is erased. */
  stop(): void {
    this.over = true;
    this.news.stop();
  }

  all(): Iterable<Question> {
    return this.byId.values();
  }

  find(id: string): Question | undefined {
    return this.byId.get(id);
  }

  /** One that is on the desk. @throws UbizoError `question_not_found`. */
  onDesk(id: string): Question {
    const question = this.byId.get(id);
    if (!question || !isOnDesk(question)) throw notFound();
    return question;
  }

  /** One that this visitor has asked. @throws UbizoError `question_not_found`: also when it is another's. */
  of(attendee: string, id: string): Question {
    const question = this.byId.get(id);
    if (question?.attendee !== attendee) throw notFound();
    return question;
  }

  /** Those on the desk, in the order in which they are read. */
  desk(): Question[] {
    return ranked([...this.byId.values()].filter(isOnDesk));
  }

  /** What a question was merged into, at last; else itself. */
  readonly headOf = (question: Question): Question => {
    const into = question.mergedInto === undefined ? undefined : this.byId.get(question.mergedInto);
    return into ?? question;
  };

  mergedInto(id: string): Question[] {
    return [...this.byId.values()].filter((each) => each.mergedInto === id);
  }

  add(question: Question): void {
    this.byId.set(question.id, question);
    this.changed(question);
  }

  /** Something of it has changed that is to be kept. */
  changed(question: Question): void {
    this.write(lineOf(question));
    this.retold(question);
  }

  /** The same of it, and of those that were merged into it. */
  become(question: Question, state: QuestionState): void {
    for (const each of [question, ...this.mergedInto(question.id)]) {
      each.state = state;
      this.changed(each);
    }
  }

  /** @returns whether that changes anything. */
  vote(question: Question, attendee: string, on: boolean): boolean {
    if (question.votes.has(attendee) === on) return false;
    if (on) question.votes.add(attendee);
    else question.votes.delete(attendee);
    this.write({ kind: 'vote', question: question.id, attendee, on });
    question.revision++;
    this.news.voted(question.id);
    return true;
  }

  block(attendee: string, on: boolean): void {
    this.write({ kind: 'block', attendee, on });
  }

  /** Before one goes: the first of those that were merged into it takes its place, with its votes. */
  bequeath(question: Question): void {
    const [heir, ...others] = this.mergedInto(question.id);
    if (!heir) return;
    heir.mergedInto = undefined;
    heir.shown = question.shown;
    heir.released = question.released;
    for (const voter of question.votes) if (voter !== heir.attendee) this.vote(heir, voter, true);
    for (const other of others) other.mergedInto = heir.id;
    this.become(heir, question.state === 'answering' ? 'shown' : question.state);
  }

  remove(question: Question): void {
    this.byId.delete(question.id);
    this.write({ kind: 'gone', question: question.id });
    this.news.changed(question.id);
  }

  /** Fills it with what was kept. */
  fill(questions: Iterable<Question>): void {
    for (const question of questions) this.byId.set(question.id, question);
  }

  clear(): void {
    this.byId.clear();
    this.news.anew();
  }

  /** Resolves when what there is now is on the disk, as far as that can be. */
  settle(): Promise<void> {
    return this.options.store.settle(this.options.tour);
  }

  private retold(question: Question): void {
    question.revision++;
    this.news.changed(question.id);
    for (const each of this.mergedInto(question.id)) this.news.changed(each.id);
  }

  private write(line: QuestionsLine): void {
    // A translation may come later than that.
    if (this.over) return;
    const { store, tour, blocked } = this.options;
    store.add(tour, line);
    store.tidy(tour, () => linesOf(this.byId.values(), blocked)).catch(() => undefined);
  }
}

function isOnDesk({ released, mergedInto }: Question): boolean {
  return released && mergedInto === undefined;
}

function notFound(): UbizoError {
  return new UbizoError('question_not_found', 'There is no such question any more.');
}
