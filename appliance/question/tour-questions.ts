import { USUAL_ASKING } from '../protocol/asking.ts';
import { UbizoError } from '../protocol/errors.ts';
import type { DeskQuestion, VisitorQuestion } from '../protocol/questions.ts';
import type { Tour } from '../tour/tour.ts';
import { type TranslateText, type Wording, wordingOf } from '../translator/wording.ts';
import { type Announce, Answering } from './answering.ts';
import { Board } from './board.ts';
import { Desk } from './desk.ts';
import { Moderation } from './moderation.ts';
import { howItCame, type HowItCame, isOpen, isPublic, newQuestion, type Question } from './question.ts';
import type { QuestionNews } from './question-news.ts';
import type { QuestionStore } from './question-store.ts';
import { SpokenTurns } from './spoken-turns.ts';
import { Translating } from './translating.ts';
import { askersView, othersView } from './views.ts';
import { WhoMayAsk } from './who-may-ask.ts';

export interface TourQuestionsOptions {
  readonly tour: Tour;
  readonly store: QuestionStore;
  readonly translate: TranslateText;
  readonly announce: Announce;
  /** Ms since the epoch. */
  readonly now: () => number;
  readonly onCount: (what: HowItCame | 'vote') => void;
  /** The guide takes nothing more from this visitor. */
  readonly onBlocked: (attendee: string) => void;
}

/** Who asks, and in which language they read the tour. */
export interface Asker {
  readonly attendee: string;
  readonly name: string | undefined;
  readonly language: string;
}

/** What a visitor has said, in their language, and what that is in the guide's, if anybody could tell. */
export interface Spoken {
  readonly attendee: string;
  readonly language: string;
  readonly original: string;
  readonly text: string | undefined;
  /** All have heard it. */
  readonly toAll?: boolean;
}

interface Adding {
  readonly asker: Asker;
  readonly words: Wording;
  readonly urgent: boolean;
  readonly voice: boolean;
  readonly id?: string | undefined;
}

/** So many may vote for one. */
const MOST_VOTES = 5_000;
/** Of those that all may see, so many are listed: the newest. */
const MOST_LISTED = 50;

/** The questions of one tour. */
export class TourQuestions {
  /** What the guide does with them. */
  readonly guide: Moderation;
  private readonly options: TourQuestionsOptions;
  private readonly may: WhoMayAsk;
  private readonly board: Board;
  private readonly answering: Answering;
  private readonly desk: Desk;
  private readonly turns = new SpokenTurns({ onTurn: (question) => this.answering.speaks(question) });
  private readonly translating: Translating;
  private unsubscribe: (() => void) | undefined;

  constructor(options: TourQuestionsOptions) {
    const { tour, store, now } = options;
    const language = (): string => tour.record.floorLanguage;
    this.options = options;
    this.may = new WhoMayAsk({
      asking: () => tour.record.asking ?? USUAL_ASKING,
      questions: () => this.board.all(),
    });
    const { blocked } = this.may;
    this.board = new Board({ tour: tour.record.id, store, blocked });
    const { board } = this;
    this.translating = new Translating({
      ...options,
      board,
      onGuides: (question) => this.desk.compare(question),
    });
    const { translating } = this;
    this.answering = new Answering({ ...options, translating });
    this.desk = new Desk({
      board,
      now,
      language,
      blocked,
      want: (question) => void translating.want(question, language()),
    });
    this.guide = new Moderation({
      board,
      answering: this.answering,
      blocked,
      language,
      now,
      expectGoesOn: () => this.expectGoesOn(),
      onBlocked: options.onBlocked,
      onPublic: (question) => translating.forAll(question),
      onReply: (question) => {
        const reads = tour.attendance.get(question.attendee)?.language;
        if (reads !== undefined) translating.wantReply(question, reads);
      },
    });
  }

  start(): void {
    const { tour } = this.options;
    this.answering.start();
    this.unsubscribe = tour.subscribe((event) => {
      if (event.type === 'removed') this.forgetAsker(event.attendee);
      if (event.type !== 'tour-changed') return;
      if (event.changes.state === 'ended') this.over();
      if (event.changes.floorLanguage !== undefined) this.desk.reread();
    });
  }

  stop(): void {
    this.unsubscribe?.();
    this.answering.stop();
    this.desk.stop();
    this.board.stop();
    this.translating.stop();
  }

  /** What was kept of them. */
  recall({
    questions,
    blocked,
  }: {
    questions: ReadonlyMap<string, Question>;
    blocked: readonly string[];
  }): void {
    this.board.fill(questions.values());
    for (const attendee of blocked) this.may.blocked.add(attendee);
    this.may.recall(questions.values());
    for (const question of questions.values())
      if (question.state === 'answering' && question.mergedInto === undefined)
        this.answering.resume(question);
    this.desk.recall();
  }

  subscribe(observer: (news: QuestionNews) => void): () => void {
    return this.board.news.subscribe(observer);
  }

  /**
   * In writing; resolves when it is on the disk, if it is to be kept.
   * @throws UbizoError `tour_over`, and what {@link WhoMayAsk.expectMayAsk} throws.
   */
  async ask({ text, urgent, ...asker }: Asker & { text: string; urgent: boolean }): Promise<Question> {
    this.expectGoesOn();
    this.may.expectMayAsk({ attendee: asker.attendee, urgent, now: this.options.now() });
    const words = wordingOf({ original: text, language: asker.language, author: asker.attendee });
    const question = this.add({ asker, words, urgent, voice: false });
    await this.board.settle();
    return question;
  }

  /** Whoever is blocked does not ask by voice either. @throws UbizoError `asker_blocked`. */
  expectNotBlocked(attendee: string): void {
    this.may.expectNotBlocked(attendee);
  }

  /** By voice: the guide has heard it. @throws UbizoError `tour_over`, `asker_blocked`, `questions_full`. */
  hear({ attendee, language, original, text, toAll = false }: Spoken): Question {
    this.expectGoesOn();
    this.may.expectMayHaveSpoken(attendee);
    const { record, attendance } = this.options.tour;
    const asker = { attendee, language, name: attendance.get(attendee)?.name };
    const words = wordingOf({
      original,
      language,
      known: true,
      author: attendee,
      made: text === undefined ? {} : { [record.floorLanguage]: { text, by: 'model' } },
    });
    const id = toAll ? this.turns.take(attendee) : undefined;
    const question = this.add({ asker, words, urgent: false, voice: true, id });
    if (toAll && text !== undefined) this.answering.write(question.id, text);
    return question;
  }

  /** Who speaks to all now, if anybody does. */
  speaks(attendee: string | undefined): void {
    this.turns.set(attendee);
  }

  /** Their own; those that were merged into it go on without it. @throws UbizoError `question_not_found`. */
  withdraw(attendee: string, id: string): void {
    const question = this.board.of(attendee, id);
    this.guide.leave(question);
    this.board.bequeath(question);
    this.forget(question);
  }

  /** @throws UbizoError `question_not_found`: also for one that is not shown; `questions_off`, `forbidden`, `too_many_attempts`. */
  vote(attendee: string, id: string, on: boolean): void {
    this.expectGoesOn();
    const question = this.board.find(id);
    if (!question || !isPublic(question) || question.state === 'answered')
      throw new UbizoError('question_not_found', 'This question is not there to be voted for.');
    this.may.expectMayVote(attendee, this.options.now());
    if (question.attendee === attendee)
      throw new UbizoError('forbidden', 'Nobody votes for a question of their own.');
    if (on && question.votes.size >= MOST_VOTES) return;
    if (this.board.vote(question, attendee, on)) this.options.onCount('vote');
  }

  find(id: string): Question | undefined {
    return this.board.find(id);
  }

  /** As this visitor sees it who reads `language`, if they may. */
  viewOf(question: Question, attendee: string, language: string): VisitorQuestion | undefined {
    if (question.attendee === attendee) {
      this.translating.wantReply(question, language);
      return askersView(question, language, this.board.headOf);
    }
    if (!isPublic(question)) return undefined;
    void this.translating.want(question, language);
    return othersView(question, language, question.votes.has(attendee));
  }

  /** Whether it may be shown: it is translated, or has been waited for long enough. */
  isReady(question: Question, language: string): boolean {
    return this.translating.isReady(question, language);
  }

  /** Those that this visitor may see: their own, and the newest of those that all may. */
  visibleTo(attendee: string): Question[] {
    const all = [...this.board.all()];
    const others = all.filter((each) => each.attendee !== attendee && isPublic(each)).slice(-MOST_LISTED);
    return [...all.filter((each) => each.attendee === attendee), ...others];
  }

  /** Somebody reads this language from now on. */
  reads(language: string): void {
    void this.answering.tell(language);
  }

  /** As the guide sees them, in the order in which they are read. */
  deskView(): DeskQuestion[] {
    return this.desk.view();
  }

  /** All of them are forgotten: they were erased. */
  clear(): void {
    this.answering.end();
    this.desk.clear();
    this.board.clear();
  }

  /** Those that were asked before `time` and are done with. */
  forgetBefore(time: number): void {
    for (const question of this.board.all())
      if (question.at < time && !isOpen(question)) this.forget(question);
  }

  private forget(question: Question): void {
    this.desk.remove(question);
    this.board.remove(question);
  }

  private add({ asker, id, ...rest }: Adding): Question {
    const { attendee, name } = asker;
    const question = newQuestion({ attendee, name, ...rest, at: this.options.now() }, id);
    const old = this.may.toGiveWay();
    if (old) this.forget(old);
    this.board.add(question);
    this.desk.add(question);
    this.options.onCount(howItCame(question));
    return question;
  }

  private expectGoesOn(): void {
    if (this.options.tour.record.state === 'ended') throw new UbizoError('tour_over', 'This tour has ended.');
  }

  /** Whoever was removed asks nothing more. */
  private forgetAsker(attendee: string): void {
    for (const question of this.board.all())
      if (question.attendee === attendee && isOpen(question)) this.withdraw(attendee, question.id);
  }

  private over(): void {
    const { question } = this.answering;
    if (question) this.guide.done(question.id);
  }
}
