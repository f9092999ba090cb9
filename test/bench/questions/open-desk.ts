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
  /** How often those that were there stood in another order afterwards. */
  moves = 0;
  private readonly shown = new Set<string>();
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

  private hear({ type, id, rank = 0, question, questions = [] }: Told): void {
    if (type === 'questions') {
      this.take(questions.map((each) => each.id));
      for (const each of questions) this.show(each.id);
    } else if (type === 'question-gone') this.take(this.order.filter((each) => each !== id));
    else if (type === 'question' && question) {
      this.take(this.order.filter((each) => each !== question.id).toSpliced(rank, 0, question.id));
      this.show(question.id);
    }
  }

  private take(order: string[]): void {
    const left = this.order.filter((id) => order.includes(id));
    if (order.filter((id) => this.order.includes(id)).some((id, at) => id !== left[at])) this.moves++;
    this.order = order;
  }

  private show(id: string): void {
    if (this.shown.has(id)) return;
    this.shown.add(id);
    void this.box.call(`/api/tours/${this.tour}/questions/${id}/show`, { method: 'POST' });
  }
}
