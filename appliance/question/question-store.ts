import type { Problem } from '../protocol/errors.ts';
import type { LineFolder } from '../storage/line-folder.ts';
import { linesOf, type QuestionsLine, replay } from './journal.ts';
import { isOpen, type Question } from './question.ts';

export interface QuestionStoreOptions {
  /** A file for each tour. */
  readonly folder: LineFolder<QuestionsLine>;
  /** Whether anything of this tour is to be kept. */
  readonly isKept: (tour: string) => boolean;
}

/** So many lines more than it takes, and the file is written anew. */
const MOST_SPARE = 5_000;

interface Kept {
  readonly questions: Map<string, Question>;
  readonly blocked: readonly string[];
}

/** Tours' questions on the disk. */
export class QuestionStore {
  private readonly options: QuestionStoreOptions;
  private readonly folder: LineFolder<QuestionsLine>;
  /** Lines since the file was read, or written anew, by tour. */
  private readonly added = new Map<string, number>();

  constructor(options: QuestionStoreOptions) {
    this.options = options;
    this.folder = options.folder;
  }

  get problem(): Problem | undefined {
    return this.folder.problem;
  }

  stop(): Promise<void> {
    return this.folder.stop();
  }

  tours(): Promise<string[]> {
    return this.folder.names();
  }

  add(tour: string, line: QuestionsLine): void {
    if (!this.options.isKept(tour)) return;
    this.folder.file(tour).append(line);
    this.added.set(tour, (this.added.get(tour) ?? 0) + 1);
  }

  /** Resolves when what came until now is on the disk, or could not be written: then that is tried again. */
  async settle(tour: string): Promise<void> {
    if (this.options.isKept(tour)) await this.folder.file(tour).settle();
  }

  async read(tour: string): Promise<Kept> {
    return replay(await this.folder.file(tour).read());
  }

  /** Who votes to and fro must not fill the disk. @param now what there is when it comes to writing */
  async tidy(tour: string, now: () => Iterable<QuestionsLine>): Promise<void> {
    if ((this.added.get(tour) ?? 0) < MOST_SPARE) return;
    this.added.delete(tour);
    await this.folder.file(tour).rewrite(() => [...now()]);
  }

  /** When something was asked last, ms since the epoch; -Infinity: never. */
  async lastAt(tour: string): Promise<number> {
    const { questions } = await this.read(tour);
    return Math.max(-Infinity, ...[...questions.values()].map(({ at, reply }) => reply?.at ?? at));
  }

  /** Forgets what was asked before `time` and is done with. */
  async forgetBefore(tour: string, time: number): Promise<void> {
    await this.folder.file(tour).rewrite((lines) => {
      const { questions, blocked } = replay(lines);
      const young = [...questions.values()].filter((each) => each.at >= time || isOpen(each));
      return linesOf(young, blocked);
    });
  }

  /** @throws what the file system says; then something may be left. */
  async erase(tour: string): Promise<void> {
    this.added.delete(tour);
    await this.folder.erase(tour);
  }
}
