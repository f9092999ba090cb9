import { KeptLines } from '../storage/kept-lines.ts';
import { linesOf, type QuestionsLine, replay } from './journal.ts';
import { isOpen, type Question } from './question.ts';

/** So many lines more than it takes, and the file is written anew. */
const MOST_SPARE = 5_000;

interface Kept {
  readonly questions: Map<string, Question>;
  readonly blocked: readonly string[];
}

/** Tours' questions on the disk. */
export class QuestionStore extends KeptLines<QuestionsLine> {
  /** Lines since the file was read, or written anew, by tour. */
  private readonly added = new Map<string, number>();

  override add(tour: string, line: QuestionsLine): boolean {
    const kept = super.add(tour, line);
    if (kept) this.added.set(tour, (this.added.get(tour) ?? 0) + 1);
    return kept;
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

  override async erase(tour: string): Promise<void> {
    this.added.delete(tour);
    await super.erase(tour);
  }
}
