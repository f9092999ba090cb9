import {
  actOnQuestion,
  mergeQuestion,
  type QuestionAct,
  replyToQuestion,
} from '../../../link/api/questions.ts';
import type { Requests } from '../conversation/requests.ts';

/** What a guide does with questions. Each answers whether it went well; why not, the desk says. */
export class QuestionCalls {
  private readonly requests: Requests;
  private readonly tour: () => string | undefined;

  constructor(requests: Requests, tour: () => string | undefined) {
    this.requests = requests;
    this.tour = tour;
  }

  act(question: string, act: QuestionAct): Promise<boolean> {
    return this.requests.run(question, (tour) => actOnQuestion(tour, question, act));
  }

  reply(question: string, text: string): Promise<boolean> {
    return this.requests.run(question, (tour) => replyToQuestion(tour, question, text));
  }

  merge(question: string, into: string): Promise<boolean> {
    return this.requests.run(question, (tour) => mergeQuestion(tour, question, into));
  }

  /** It is on the screen: its asker is told. Nobody waits for it, nor hears that it failed. */
  seen(question: string): void {
    const tour = this.tour();
    if (tour !== undefined) void actOnQuestion(tour, question, 'seen').catch(() => undefined);
  }
}
