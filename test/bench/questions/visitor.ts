import { WebSocket } from 'ws';
import type { VisitorQuestion } from '../../../appliance/protocol/questions.ts';
import { joinAnswer, type JoinAnswer } from '../../../appliance/protocol/requests.ts';
import type { BoxProcess } from '../../box-process.ts';

type Told = { type: string; id?: string; question?: VisitorQuestion; questions?: VisitorQuestion[] };

/** A visitor's page without its drawing: asks, takes back, votes, and notes how long a vote takes until it is shown. */
export class Visitor {
  /** From a vote to its being told back, ms. */
  readonly votesMs: number[] = [];
  /** What the box has refused. */
  readonly refused: string[] = [];
  private readonly box: BoxProcess;
  private readonly joined: JoinAnswer;
  private readonly socket: WebSocket;
  private readonly seen = new Map<string, VisitorQuestion>();
  private readonly voting = new Map<string, { on: boolean; at: number }>();

  private constructor(box: BoxProcess, joined: JoinAnswer) {
    this.box = box;
    this.joined = joined;
    this.socket = new WebSocket(box.url.replace('http', 'ws') + joined.events);
    this.socket.on('message', (data: Buffer) => this.hear(JSON.parse(data.toString()) as Told));
  }

  static async come(box: BoxProcess, code: string, language: string): Promise<Visitor> {
    const response = await box.call('/api/join', { method: 'POST', body: { code, language } });
    const visitor = new Visitor(box, joinAnswer.parse(await response.json()));
    await new Promise((resolve, reject) => {
      visitor.socket.once('open', resolve);
      visitor.socket.once('error', reject);
    });
    return visitor;
  }

  /** @returns the question's id. */
  async ask(text: string, urgent: boolean): Promise<string> {
    const response = await this.call('', 'POST', { text, urgent });
    if (!response.ok) throw new Error(await response.text());
    return ((await response.json()) as VisitorQuestion).id;
  }

  async withdraw(id: string): Promise<void> {
    await this.call(`/${id}`, 'DELETE');
  }

  /** For one that others have asked, or no more. @returns whether there was one. */
  vote(turn: number): boolean {
    const others = [...this.seen.values()].filter(({ id, mine }) => !mine && !this.voting.has(id));
    const question = others[turn % Math.max(1, others.length)];
    if (!question) return false;
    const { id, voted } = question;
    this.voting.set(id, { on: !voted, at: performance.now() });
    this.socket.send(JSON.stringify({ type: 'vote', question: id, on: !voted }));
    return true;
  }

  close(): void {
    this.socket.close();
  }

  private call(path: string, method: string, body?: object): Promise<Response> {
    return fetch(`${this.box.url}/api/visits/${this.joined.tour.id}/questions${path}`, {
      method,
      headers: { authorization: `Bearer ${this.joined.token}`, 'content-type': 'application/json' },
      ...(body && { body: JSON.stringify(body) }),
    });
  }

  private hear(told: Told): void {
    if (told.type === 'error') this.refused.push(JSON.stringify(told));
    if (told.type === 'question-gone' && told.id !== undefined) this.seen.delete(told.id);
    for (const question of [...(told.questions ?? []), ...(told.question ? [told.question] : [])]) {
      this.seen.set(question.id, question);
      const vote = this.voting.get(question.id);
      if (!vote || question.voted !== vote.on) continue;
      this.votesMs.push(performance.now() - vote.at);
      this.voting.delete(question.id);
    }
  }
}
