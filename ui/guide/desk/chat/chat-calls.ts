import { deleteMessage, pinMessage, writeToAll } from '../../../link/api/chat.ts';
import type { Requests } from '../conversation/requests.ts';
import type { Chat } from './chat.ts';

/** What a guide writes to all. Each answers whether it went well; why not, the desk says. */
export class ChatCalls {
  private readonly requests: Requests;
  private readonly chat: Chat;

  constructor(requests: Requests, chat: Chat) {
    this.requests = requests;
    this.chat = chat;
  }

  write(text: string, pinned: boolean): Promise<boolean> {
    return this.requests.run('write', async (tour) => this.chat.keep(await writeToAll(tour, text, pinned)));
  }

  pin(message: string, pinned: boolean): Promise<boolean> {
    return this.requests.run(message, (tour) => pinMessage(tour, message, pinned));
  }

  delete(message: string): Promise<boolean> {
    return this.requests.run(message, (tour) => deleteMessage(tour, message));
  }
}
