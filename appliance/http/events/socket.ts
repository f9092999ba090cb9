import { WebSocket } from 'ws';
import * as z from 'zod/mini';
import type { Problem } from '../../protocol/errors.ts';
import { pagePing } from '../../protocol/events.ts';
import type { PageConnection } from './page-connection.ts';

/** A reader for whom so many events wait is let go: it comes back and gets a fresh snapshot. */
const MAX_WAITING = 500;
/** So many looks in a row without a sign of life, and the page is gone: within three times `lookMs`. */
const LOOKS = 2;
const MESSAGES_PER_SECOND = 20;

export interface EventsSocketOptions<S extends z.ZodMiniType> {
  readonly page: PageConnection;
  readonly messages: S;
  /** How often the box looks whether the page is still there, ms. */
  readonly lookMs: number;
  readonly onMessage: (message: z.infer<S>) => void;
  /** What the answer to a page's ping tells besides. */
  readonly pong?: () => object;
  readonly onClose: () => void;
}

/** One page's events socket: alive or soon gone, never a backlog, never a flood. */
export class EventsSocket<S extends z.ZodMiniType> {
  private readonly options: EventsSocketOptions<S>;
  /**
   * In order. What has a name is replaced, in its place, by the next of that name: who reads slowly reads the newest,
   * and what was told after it still is.
   */
  private readonly waiting = new Map<string, string | (() => string)>();
  private sending = false;
  private serial = 0;
  /** A frame of any kind has come since the last look. */
  private alive = true;
  private missed = 0;
  private received = 0;
  private looking: NodeJS.Timeout | undefined;
  private counting: NodeJS.Timeout | undefined;

  constructor(options: EventsSocketOptions<S>) {
    this.options = options;
  }

  start(): void {
    const { page, lookMs, onClose } = this.options;
    const { socket, outbox } = page;
    socket.on('message', (data, isBinary) => this.receive(isBinary ? undefined : textOf(data)));
    socket.on('pong', () => {
      this.alive = true;
    });
    socket.on('ping', () => this.expectFew());
    socket.on('error', () => socket.terminate());
    socket.once('close', () => {
      clearInterval(this.looking);
      clearInterval(this.counting);
      outbox.forget(this);
      this.waiting.clear();
      onClose();
    });
    this.looking = setInterval(() => this.look(), lookMs);
    this.counting = setInterval(() => {
      this.received = 0;
    }, 1_000);
  }

  /**
   * @param text an event as JSON, or what makes it once it is sent
   * @param name of what it tells about, if the next one tells all that this one does
   */
  post(text: string | (() => string), name?: string): void {
    const { socket, outbox } = this.options.page;
    if (socket.readyState !== WebSocket.OPEN) return;
    const key = name ?? `#${++this.serial}`;
    this.waiting.set(key, text);
    if (this.waiting.size > MAX_WAITING) socket.terminate();
    else if (!this.sending) outbox.request(this);
  }

  send(event: object, name?: string): void {
    this.post(JSON.stringify(event), name);
  }

  /** The page will try to connect again, and be told why it cannot. */
  close(): void {
    this.options.page.socket.close(1001);
  }

  /** For good: the page is told why, and need not come back. */
  dismiss(code: number, problem: Problem): void {
    const { socket } = this.options.page;
    if (socket.readyState !== WebSocket.OPEN) return;
    this.waiting.clear();
    socket.send(JSON.stringify({ type: 'error', ...problem }));
    socket.close(code, problem.code);
  }

  fail(problem: Problem): void {
    this.send({ type: 'error', ...problem });
  }

  /** Everything that waits, in one write; more only once the network has taken that. */
  flush(): void {
    const { socket, wire } = this.options.page;
    if (this.sending || this.waiting.size === 0 || socket.readyState !== WebSocket.OPEN) return;
    const texts = [...this.waiting.values()].map((text) => (typeof text === 'string' ? text : text()));
    this.waiting.clear();
    this.sending = true;
    wire.cork();
    texts.forEach((text, index) => socket.send(text, index < texts.length - 1 ? undefined : this.taken));
    wire.uncork();
  }

  private readonly taken = (): void => {
    this.sending = false;
    if (this.waiting.size > 0) this.options.page.outbox.request(this);
  };

  /** Counts looks, not time: a box that was held up itself must not take that for the pages' silence. */
  private look(): void {
    const { socket } = this.options.page;
    this.missed = this.alive ? 0 : this.missed + 1;
    this.alive = false;
    // The browser answers a ping of this kind by itself, also for a page in the background.
    if (this.missed < LOOKS) socket.ping();
    else socket.terminate();
  }

  /** @returns whether what has come is to be read: no more of it a second than a page has reason to send. */
  private expectFew(): boolean {
    const { socket } = this.options.page;
    if (socket.readyState !== WebSocket.OPEN) return false;
    if (++this.received <= MESSAGES_PER_SECOND) return true;
    socket.close(1008, 'too many messages');
    return false;
  }

  private receive(text: string | undefined): void {
    if (!this.expectFew()) return;
    this.alive = true;
    const message = parse(text);
    if (z.safeParse(pagePing, message).success) {
      this.post(() => JSON.stringify({ type: 'pong', ...this.options.pong?.() }), 'pong');
      return;
    }
    const parsed = z.safeParse(this.options.messages, message);
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
