import { UbizoError } from '../protocol/errors.ts';
import { wordingOf } from '../translator/wording.ts';
import type { Answering } from './answering.ts';
import type { Board } from './board.ts';
import { isOpen, type Question } from './question.ts';

export interface ModerationOptions {
  readonly board: Board;
  readonly answering: Answering;
  readonly blocked: Set<string>;
  /** The guide's language. */
  readonly language: () => string;
  /** Ms since the epoch. */
  readonly now: () => number;
  /** @throws UbizoError `tour_over`. */
  readonly expectGoesOn: () => void;
  readonly onBlocked: (attendee: string) => void;
  /** All are to see it now, each in their own language. */
  readonly onPublic: (question: Question) => void;
  /** It is to be told to its asker in their language. */
  readonly onReply: (question: Question) => void;
}

/** So many visitors who may not ask: the oldest block goes first. */
const MOST_BLOCKED = 1_000;

/**
 * What a guide does with questions. Each act may be done twice; all @throws UbizoError `question_not_found`, and what
 * concerns all visitors `tour_over`.
 */
export class Moderation {
  private readonly options: ModerationOptions;

  constructor(options: ModerationOptions) {
    this.options = options;
  }

  readonly show = (id: string): void => {
    this.options.expectGoesOn();
    const question = this.find(id);
    this.leave(question);
    question.shown = true;
    this.options.onPublic(question);
    this.options.board.become(question, 'shown');
  };

  readonly hide = (id: string): void => {
    const question = this.find(id);
    this.leave(question);
    this.options.board.become(question, 'hidden');
  };

  /** After a wrong tap: as it was before it was put away, put off, or answered. */
  readonly restore = (id: string): void => {
    const question = this.find(id);
    this.leave(question);
    question.later = false;
    this.options.board.become(question, question.shown ? 'shown' : 'pending');
  };

  /** One at a time: another that is being answered has been. */
  readonly answer = (id: string): void => {
    const { answering, board, onPublic, expectGoesOn } = this.options;
    expectGoesOn();
    const question = this.find(id);
    if (answering.question === question) return;
    if (answering.question) this.done(answering.question.id);
    question.shown = true;
    question.seen = true;
    question.later = false;
    onPublic(question);
    board.become(question, 'answering');
    answering.begin(question);
  };

  readonly done = (id: string): void => {
    const question = this.find(id);
    this.leave(question);
    if (question.state === 'answering') this.options.board.become(question, 'answered');
  };

  readonly later = (id: string): void => {
    const question = this.find(id);
    question.later = true;
    this.options.board.changed(question);
  };

  readonly seen = (id: string): void => {
    const question = this.find(id);
    if (question.seen) return;
    question.seen = true;
    this.options.board.changed(question);
  };

  /** Takes nothing more from who asked it, and puts away what they have asked. */
  readonly block = (id: string): void => {
    const { board, onBlocked } = this.options;
    const { attendee } = this.find(id);
    this.setBlocked(attendee, true);
    onBlocked(attendee);
    for (const question of board.all()) {
      if (question.attendee !== attendee || !isOpen(question) || question.mergedInto !== undefined) continue;
      this.leave(question);
      board.become(question, 'hidden');
    }
  };

  readonly unblock = (id: string): void => {
    this.setBlocked(this.find(id).attendee, false);
  };

  /** To who asked it, and nobody else. What only they and the guide know of is dealt with by that. */
  reply(id: string, text: string): void {
    const { board, language, now, onReply } = this.options;
    const question = this.find(id);
    const words = wordingOf({ original: text, language: language() });
    question.reply = { words, at: now() };
    question.seen = true;
    onReply(question);
    if (question.state === 'pending' && !question.shown) board.become(question, 'answered');
    else board.changed(question);
  }

  /** The one goes into the other, votes and all. @throws UbizoError `bad_request` when they are the same. */
  merge(id: string, into: string): void {
    const { board } = this.options;
    const question = this.find(id);
    const target = this.find(into);
    if (question === target) throw new UbizoError('bad_request', 'A question cannot be merged into itself.');
    this.leave(question);
    for (const attendee of [question.attendee, ...question.votes])
      if (attendee !== target.attendee) board.vote(target, attendee, true);
    for (const each of [question, ...board.mergedInto(id)]) {
      each.mergedInto = into;
      each.state = target.state;
      board.changed(each);
    }
    board.changed(target);
  }

  /** The guide answers something else, or nothing. */
  leave(question: Question): void {
    if (this.options.answering.question === question) this.options.answering.end();
  }

  private setBlocked(attendee: string, on: boolean): void {
    const { blocked, board } = this.options;
    if (blocked.has(attendee) === on) return;
    if (on) blocked.add(attendee);
    else blocked.delete(attendee);
    board.block(attendee, on);
    for (const question of board.all()) if (question.attendee === attendee) board.changed(question);
    const [oldest] = blocked;
    if (oldest === undefined || blocked.size <= MOST_BLOCKED) return;
    blocked.delete(oldest);
    board.block(oldest, false);
  }

  private find(id: string): Question {
    return this.options.board.onDesk(id);
  }
}
