import { quotaOf } from '../clock/quota.ts';
import type { Asking } from '../protocol/asking.ts';
import { UbizoError } from '../protocol/errors.ts';
import { isOpen, type Question } from './question.ts';

/** Of one tour: two hours of three a minute. */
const MOST_QUESTIONS = 400;
/** Whoever asks and takes back, over and over. */
const MOST_A_MINUTE = 10;
/** A call for help must not be refused; nor must it become a way around the guide's block. */
const MOST_URGENT = { most: 3, spanMs: 10 * 60_000 };
/** As many as a tour knows of. */
const MOST_REMEMBERED = 5_000;
const MOST_VOTES = { most: 5, spanMs: 2_000 };

export interface Asker {
  readonly attendee: string;
  readonly urgent: boolean;
  /** Ms since the epoch. */
  readonly now: number;
}

/** Who may ask and vote, and how often. */
export class WhoMayAsk {
  readonly blocked = new Set<string>();
  private readonly asking: () => Asking;
  private readonly questions: () => Iterable<Question>;
  private readonly asked = quotaOf({ most: MOST_A_MINUTE, spanMs: 60_000 });
  private readonly urgent = quotaOf(MOST_URGENT);
  private readonly votes = quotaOf(MOST_VOTES);
  /** When each has asked last. */
  private readonly lastAsked = new Map<string, number>();

  constructor({ asking, questions }: { asking: () => Asking; questions: () => Iterable<Question> }) {
    this.asking = asking;
    this.questions = questions;
  }

  /**
   * @throws UbizoError `questions_off`, `asker_blocked`, `question_open`, `too_many_attempts`, `questions_full`.
   */
  expectMayAsk({ attendee, urgent, now }: Asker): void {
    if (!urgent) this.expectMayAskUsual(attendee, now);
    // What is refused for this must not be counted: who is lost presses again and again.
    this.expectNoneOpen(attendee, urgent);
    if (!urgent) this.expectRoom();
    const isTaken = urgent ? this.urgent(attendee, now) : this.asked(attendee, now);
    if (!isTaken && urgent)
      throw tooMany('You have called for help several times.', MOST_URGENT.spanMs / 1_000);
    if (!isTaken) throw tooMany('You have just asked several times.', 60);
    if (!urgent) this.remember(attendee, now);
  }

  /** What was asked before a restart. */
  recall(questions: Iterable<Question>): void {
    for (const { attendee, urgent, voice, at } of questions)
      if (!urgent && !voice) this.remember(attendee, at);
  }

  /** What was said cannot be unsaid: only who is blocked, and a full tour. @throws UbizoError. */
  expectMayHaveSpoken(attendee: string): void {
    this.expectNotBlocked(attendee);
    this.expectRoom();
  }

  /** @throws UbizoError `questions_off`, `too_many_attempts`. */
  expectMayVote(attendee: string, now: number): void {
    if (this.asking().to !== 'all')
      throw new UbizoError('questions_off', 'Your guide takes no votes on this tour.');
    if (!this.votes(attendee, now)) throw tooMany('So many votes at once are not counted.', 2);
  }

  private expectMayAskUsual(attendee: string, now: number): void {
    const { to, slowS } = this.asking();
    if (to === 'off')
      throw new UbizoError('questions_off', 'Your guide takes no questions just now. Ask in person.');
    this.expectNotBlocked(attendee);
    const waitMs = (this.lastAsked.get(attendee) ?? -Infinity) + slowS * 1_000 - now;
    if (waitMs > 0)
      throw tooMany('Your guide has set a pause between two questions.', Math.ceil(waitMs / 1_000));
  }

  private remember(attendee: string, now: number): void {
    this.lastAsked.delete(attendee);
    this.lastAsked.set(attendee, now);
    const [oldest] = this.lastAsked.keys();
    if (oldest !== undefined && this.lastAsked.size > MOST_REMEMBERED) this.lastAsked.delete(oldest);
  }

  /** @throws UbizoError `asker_blocked`. */
  expectNotBlocked(attendee: string): void {
    if (this.blocked.has(attendee))
      throw new UbizoError('asker_blocked', 'Your guide takes no more questions from this phone.');
  }

  private expectNoneOpen(attendee: string, urgent: boolean): void {
    for (const question of this.questions())
      if (question.attendee === attendee && question.urgent === urgent && isOpen(question) && !question.later)
        throw new UbizoError(
          'question_open',
          'The guide has a question of yours. Take it back, or ask again when it is answered.',
        );
  }

  /** Which one gives way to a new one, when there are so many: the oldest that is answered or hidden. */
  toGiveWay(): Question | undefined {
    const all = [...this.questions()];
    return all.length < MOST_QUESTIONS ? undefined : all.find((question) => !isOpen(question));
  }

  private expectRoom(): void {
    const all = [...this.questions()];
    if (all.length >= MOST_QUESTIONS && all.every(isOpen))
      throw new UbizoError('questions_full', 'This tour has no room for more questions. Ask in person.', {
        retryAfterS: 60,
      });
  }
}

function tooMany(sentence: string, retryAfterS: number): UbizoError {
  const more = `${sentence} Wait ${retryAfterS} s, then try again.`;
  return new UbizoError('too_many_attempts', more, { retryAfterS });
}
