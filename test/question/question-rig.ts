import { mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { vi } from 'vitest';
import { silentLog } from '../../appliance/log.ts';
import type { Asking } from '../../appliance/protocol/asking.ts';
import { USUAL_ASKING } from '../../appliance/protocol/asking.ts';
import { UbizoError } from '../../appliance/protocol/errors.ts';
import { questionsLine } from '../../appliance/question/journal.ts';
import { QuestionStore } from '../../appliance/question/question-store.ts';
import type { Question } from '../../appliance/question/question.ts';
import { TourQuestions } from '../../appliance/question/tour-questions.ts';
import { LineFolder } from '../../appliance/storage/line-folder.ts';
import type { TranslateText, WantedText } from '../../appliance/translator/wording.ts';
import { openTour, type TourRig } from '../tour/tour-rig.ts';

const NOON = Date.UTC(2027, 5, 1, 12);

/** Texts by language; what is not here cannot be translated. `slow`: until it is told to. */
export class Dictionary {
  readonly asked: WantedText[] = [];
  held = false;
  private readonly texts = new Map<string, Record<string, string>>();
  private readonly waiting: (() => void)[] = [];

  /** The same in several languages. */
  add(texts: Record<string, string>): this {
    for (const text of Object.values(texts)) this.texts.set(text, texts);
    return this;
  }

  readonly translate: TranslateText = async (line, wanted) => {
    this.asked.push(wanted);
    if (this.held) await new Promise<void>((resolve) => this.waiting.push(resolve));
    const texts = this.texts.get(line);
    const from = Object.entries(texts ?? {}).find(([, text]) => text === line)?.[0] ?? wanted.from;
    const text = texts?.[wanted.to];
    if (text === undefined || from === undefined) return { reason: 'unable', from };
    return { text, by: from === wanted.to ? 'as-written' : 'box', from };
  };

  letGo(): void {
    this.held = false;
    for (const go of this.waiting.splice(0)) go();
  }
}

/** The code with which it is refused; undefined: it is not. */
export async function refusal(act: () => unknown): Promise<string | undefined> {
  try {
    await act();
    return undefined;
  } catch (error) {
    if (error instanceof UbizoError) return error.code;
    throw error;
  }
}

export function until(is: () => unknown): Promise<boolean> {
  return vi.waitUntil(() => Boolean(is()), { timeout: 10_000 });
}

/** A live tour's questions, on a real disk, in a time that passes when a test says so. */
export class QuestionRig {
  readonly rig: TourRig = openTour();
  readonly dictionary = new Dictionary();
  readonly announced: Record<string, string>[] = [];
  readonly blocked: string[] = [];
  now = NOON;
  /** Whether anything is to be kept. */
  kept = true;
  questions: TourQuestions;
  private readonly directory: string;
  private store: QuestionStore;

  private constructor(directory: string) {
    this.directory = directory;
    this.store = this.openStore();
    this.questions = this.open();
  }

  /** @param live whether the tour has begun */
  static async open({ live = true } = {}): Promise<QuestionRig> {
    const rig = new QuestionRig(await mkdtemp(join(tmpdir(), 'ubizo-questions-')));
    if (live) await rig.rig.tour.begin();
    return rig;
  }

  async close(): Promise<void> {
    this.questions.stop();
    await this.store.stop();
    await this.rig.tour.stop();
    await rm(this.directory, { recursive: true, force: true });
  }

  /** As after the box was switched off and on; `cut`: nothing that waits is written. */
  async restart({ cut = false } = {}): Promise<void> {
    this.questions.stop();
    if (!cut) await this.store.stop();
    this.store = this.openStore();
    this.questions = this.open();
    this.questions.recall(await this.store.read('t'));
  }

  fileOf(): Promise<{ size: number }> {
    return stat(join(this.directory, 't.jsonl'));
  }

  get keptStore(): QuestionStore {
    return this.store;
  }

  async setAsking(asking: Partial<Asking>): Promise<void> {
    await this.rig.tour.patch({ asking: { ...USUAL_ASKING, ...asking } });
  }

  ask(attendee: string, text: string, { language = 'es', urgent = false } = {}): Promise<Question> {
    return this.questions.ask({ attendee, name: undefined, language, text, urgent });
  }

  get onDesk(): string[] {
    return this.questions.deskView().map(({ text, original }) => text ?? original);
  }

  /** As the visitor sees them. */
  seenBy(attendee: string, language = 'es') {
    return this.questions
      .visibleTo(attendee)
      .flatMap((question) => this.questions.viewOf(question, attendee, language) ?? []);
  }

  private openStore(): QuestionStore {
    const folder = new LineFolder({
      directory: this.directory,
      schema: questionsLine,
      complaint: 'It cannot be written down.',
      log: silentLog(),
    });
    return new QuestionStore({ folder, isKept: () => this.kept });
  }

  private open(): TourQuestions {
    const questions = new TourQuestions({
      tour: this.rig.tour,
      store: this.store,
      translate: this.dictionary.translate,
      announce: (_, texts) => this.announced.push(Object.fromEntries(texts)),
      now: () => this.now,
      onCount: () => undefined,
      onBlocked: (attendee) => this.blocked.push(attendee),
    });
    questions.start();
    return questions;
  }
}
