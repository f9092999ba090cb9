import type { ReactiveControllerHost } from 'lit';
import type { AttendeeEvent } from '../../../appliance/protocol/events.ts';
import type { VisitorQuestion } from '../../../appliance/protocol/questions.ts';
import { askQuestion, withdrawQuestion } from '../../link/api/visitor-questions.ts';
import type { EventSource } from '../../link/handlers.ts';
import { asLinkError, type LinkError } from '../../link/problem.ts';
import type { AttendeeSocket } from '../visit/attendee-socket.ts';

export interface QuestionsParts {
  readonly events: EventSource<AttendeeEvent>;
  readonly socket: AttendeeSocket;
  readonly tour: () => string;
  /** The visitor's pass. */
  readonly token: () => Promise<string>;
}

/** What this visitor has asked in writing, what became of it, and what others ask whom the guide lets all see. */
export class Questions {
  all: readonly VisitorQuestion[] = [];
  /** Something was told of an own question that has not been looked at. */
  news = false;
  /** It is on the screen: there is no news. */
  looking = false;
  sending = false;
  problem: LinkError | undefined;
  private readonly host: ReactiveControllerHost;
  private readonly parts: QuestionsParts;

  constructor(host: ReactiveControllerHost, parts: QuestionsParts) {
    this.host = host;
    this.parts = parts;
    parts.events.on('questions', ({ questions }) => {
      for (const question of questions) this.notice(question);
      this.show(questions);
    });
    parts.events.on('question', ({ question }) => {
      this.notice(question);
      this.put(question);
    });
    parts.events.on('question-gone', ({ id }) => this.show(this.all.filter((each) => each.id !== id)));
  }

  /** The newest first. */
  get own(): readonly VisitorQuestion[] {
    return this.all.filter(({ mine }) => mine).toSorted((a, b) => b.at - a.at);
  }

  /** The one that keeps this visitor from asking another. */
  get open(): VisitorQuestion | undefined {
    return this.own.find(({ open }) => open);
  }

  get shown(): readonly VisitorQuestion[] {
    return this.all.filter(({ state }) => state === 'shown' || state === 'answering');
  }

  /** @returns whether the box has taken it. */
  async ask(text: string, { urgent = false }: { urgent?: boolean } = {}): Promise<boolean> {
    if (this.sending) return false;
    return this.attempt(async (visit) => {
      const question = await askQuestion(visit, { text, ...(urgent && { urgent }) });
      this.put(question);
    });
  }

  async withdraw(id: string): Promise<void> {
    await this.attempt(async (visit) => {
      await withdrawQuestion(visit, id);
      this.show(this.all.filter((each) => each.id !== id));
    });
  }

  vote(id: string, on: boolean): void {
    const question = this.all.find((each) => each.id === id);
    if (!question || question.mine || question.voted === on) return;
    if (this.parts.socket.send({ type: 'vote', question: id, on }))
      this.put({ ...question, voted: on, votes: Math.max(0, question.votes + (on ? 1 : -1)) });
  }

  look(looking: boolean): void {
    this.looking = looking;
    this.news = false;
    this.problem = undefined;
    this.host.requestUpdate();
  }

  private async attempt(call: (visit: { tour: string; token: string }) => Promise<void>): Promise<boolean> {
    this.sending = true;
    this.problem = undefined;
    this.host.requestUpdate();
    try {
      await call({ tour: this.parts.tour(), token: await this.parts.token() });
      return true;
    } catch (error) {
      this.problem = asLinkError(error);
      return false;
    } finally {
      this.sending = false;
      this.host.requestUpdate();
    }
  }

  private notice(question: VisitorQuestion): void {
    const before = this.all.find(({ id }) => id === question.id);
    if (this.looking || !question.mine || !before) return;
    this.news ||= before.state !== question.state || before.reply?.at !== question.reply?.at;
  }

  private put(question: VisitorQuestion): void {
    const at = this.all.findIndex(({ id }) => id === question.id);
    this.show(at < 0 ? [...this.all, question] : this.all.with(at, question));
  }

  private show(all: readonly VisitorQuestion[]): void {
    this.all = all;
    this.host.requestUpdate();
  }
}
