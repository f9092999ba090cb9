import { WebSocket } from 'ws';
import * as z from 'zod/mini';
import type { Problem } from '../../protocol/errors.ts';

/** A reader that has not taken this much is let go: it comes back and gets a fresh snapshot. */
const MAX_UNREAD_BYTES = 512 * 1024;
const PING_MS = 15_000;
const MESSAGES_PER_SECOND = 20;

export interface EventsSocketOptions<S extends z.ZodMiniType> {
  readonly socket: WebSocket;
  readonly messages: S;
  readonly onMessage: (message: z.infer<S>) => void;
  readonly onClose: () => void;
}

/** One page's events socket: alive or gone within two pings, never a backlog, never a flood. */
export class EventsSocket<S extends z.ZodMiniType> {
  private readonly options: EventsSocketOptions<S>;
  private answered = true;
  private received = 0;
  private pinging: NodeJS.Timeout | undefined;
  private counting: NodeJS.Timeout | undefined;

  constructor(options: EventsSocketOptions<S>) {
    this.options = options;
  }

  start(): void {
    const { socket, onClose } = this.options;
    socket.on('message', (data, isBinary) => this.receive(isBinary ? undefined : textOf(data)));
    socket.on('pong', () => {
      this.answered = true;
    });
    socket.on('error', () => socket.terminate());
    socket.once('close', () => {
      clearInterval(this.pinging);
      clearInterval(this.counting);
      onClose();
    });
    this.pinging = setInterval(() => this.ping(), PING_MS);
    this.counting = setInterval(() => {
      this.received = 0;
    }, 1_000);
  }

  send(event: object): void {
    this.sendText(JSON.stringify(event));
  }

  /** The same event to many pages is written as text once. */
  sendText(text: string): void {
    const { socket } = this.options;
    if (socket.readyState !== WebSocket.OPEN) return;
    if (socket.bufferedAmount > MAX_UNREAD_BYTES) socket.terminate();
    else socket.send(text);
  }

  fail(problem: Problem): void {
    this.send({ type: 'error', ...problem });
  }

  private ping(): void {
    const { socket } = this.options;
    if (!this.answered) {
      socket.terminate();
      return;
    }
    this.answered = false;
    socket.ping();
  }

  private receive(text: string | undefined): void {
    if (++this.received > MESSAGES_PER_SECOND) {
      this.options.socket.close(1008, 'too many messages');
      return;
    }
    const parsed = z.safeParse(this.options.messages, parse(text));
    if (parsed.success) this.options.onMessage(parsed.data);
    else this.fail({ code: 'bad_request', message: 'That message is not one this box understands.' });
  }
}

function parse(text: string | undefined): unknown {
  try {
    return JSON.parse(text ?? '');
  } catch {
    return undefined;
  }
}

function textOf(data: WebSocket.RawData): string {
  return Buffer.isBuffer(data) ? data.toString('utf8') : '';
}
