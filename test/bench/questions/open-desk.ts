import { WebSocket } from 'ws';
import type { DeskQuestion } from '../../../appliance/protocol/questions.ts';
import type { BoxProcess } from '../../box-process.ts';

type Told = {
  type: string;
  id?: string;
  rank?: number;
  question?: DeskQuestion;
  questions?: DeskQuestion[];
};

/** A guide's desk that lies open: shows each question as it comes, and notes how often the box's order moves. */
export class OpenDesk {
  /** Questions that were there and stand elsewhere now. */
  moves = 0;
  private readonly box: BoxProcess;
  private readonly tour: string;
  private readonly socket: WebSocket;
  private order: string[] = [];

  private constructor(box: BoxProcess, tour: string) {
    this.box = box;
    this.tour = tour;
    const headers = { cookie: box.guideCookie };
    this.socket = new WebSocket(`${box.url.replace('http', 'ws')}/api/tours/${tour}/events`, { headers });
    this.socket.on('message', (data: Buffer) => this.hear(JSON.parse(data.toString()) as Told));
  }

  static async open(box: BoxProcess, tour: string): Promise<OpenDesk> {
    const desk = new OpenDesk(box, tour);
    await new Promise((resolve, reject) => {
      desk.socket.once('open', resolve);
      desk.socket.once('error', reject);
    });
    return desk;
  }

  close(): void {
    this.socket.close();
  }

  private hear({ type, id, rank = 0, question, questions }: Told): void {
    if (type === 'questions') this.order = (questions ?? []).map((each) => each.id);
    if (type === 'question-gone') this.order = this.order.filter((each) => each !== id);
    if (type !== 'question' || !question) return;
    const before = this.order.indexOf(question.id);
    if (before >= 0) this.order.splice(before, 1);
    else void this.box.call(`/api/tours/${this.tour}/questions/${question.id}/show`, { method: 'POST' });
    if (before >= 0 && before !== rank) this.moves++;
    this.order.splice(rank, 0, question.id);
  }
}
