import type { ReactiveController, ReactiveControllerHost } from 'lit';
import type { PagePing } from '../../appliance/protocol/events.ts';
import { Backoff } from './backoff.ts';
import { openLine } from './event-line.ts';
import { socketUnderWay, type EventsAhead } from './head-start.ts';
import { Handlers, type EventOf, type EventSource, type Typed } from './handlers.ts';
import { Heartbeat } from './heartbeat.ts';
import { LineChoice } from './line-choice.ts';
import { watchForReturn } from './return-watch.ts';
import type { EventLine } from './stream-line.ts';

/** `waiting`: lost, and tried again by itself. */
export type SocketStatus = 'closed' | 'connecting' | 'open' | 'waiting';

/** How a page watches over its connection. */
interface Watch {
  /**
   * What shows that there is contact: only the answer to what this page has sent, where the page must get through to
   * the box; else whatever the box says, so that nobody asks while it speaks anyway.
   */
  readonly proof: 'answer' | 'anything';
  /** The longest wait before the next try, ms. */
  readonly longestWaitMs?: number;
}

export interface EventsSocketOptions<Event> {
  readonly watch: Watch;
  readonly parse: (frame: unknown) => Event | undefined;
  /** The box hung up on this page, or was reached in vain several times: perhaps it no longer knows who asks. */
  readonly onRefused?: () => void;
}

const REFUSED_AFTER = 3;
/** A try that is younger is not begun again, ms. */
const JUST_BEGUN_MS = 1_000;
const PING = JSON.stringify({ type: 'ping' } satisfies PagePing);
/** Codes with which the box hangs up for good: signed out, removed. */
const REFUSALS: ReadonlySet<number> = new Set([4401, 4403]);

/**
 * The socket that a page listens on: the box sends a snapshot on each connection and deltas after it, so a lost
 * connection is mended by making a new one. Where no WebSocket passes it is a stand-in ({@link openLine}). One that has gone silent is found out by a {@link Heartbeat}. Belongs to an
 * element and goes with it.
 */
export class EventsSocket<Event extends Typed, Message> implements ReactiveController, EventSource<Event> {
  status: SocketStatus = 'closed';
  private readonly handlers = new Handlers<Event>();
  private readonly host: ReactiveControllerHost;
  private readonly options: EventsSocketOptions<Event>;
  private readonly backoff: Backoff;
  private readonly heartbeat = new Heartbeat({
    ask: () => this.socket?.send(PING),
    onGone: () => this.wait(false),
  });
  private begunAt = -Infinity;
  private everHeard = false;
  private heard = false;
  private path: string | (() => string) | undefined;
  private readonly choice = new LineChoice();
  private socket: EventLine | undefined;
  private timer: ReturnType<typeof setTimeout> | undefined;
  private stopWatching: (() => void) | undefined;

  constructor(host: ReactiveControllerHost, options: EventsSocketOptions<Event>) {
    this.host = host;
    this.options = options;
    this.backoff = new Backoff(undefined, options.watch.longestWaitMs);
    host.addController(this);
  }

  hostDisconnected(): void {
    this.close();
  }

  /** There was contact with the box and there is none now: what it has told may have changed, and it hears nothing. */
  get lost(): boolean {
    return this.everHeard && !this.heard;
  }

  /**
   * Calls `handler` with each event of `type`, after those who subscribed before; answers with how to end that. It
   * outlives the connection: a handler is there for all that are to come.
   */
  on<Type extends Event['type']>(type: Type, handler: (event: EventOf<Event, Type>) => void): () => void {
    return this.handlers.add(type, handler);
  }

  /** Opens at `path`, in place of any other. A function is asked anew at each connection. */
  open(path: string | (() => string)): void {
    this.close();
    this.path = path;
    this.stopWatching = watchForReturn(() => this.retryNow());
    this.connect();
  }

  /** Asks the box for a word: what it tells with that is worth knowing now. */
  ping(): void {
    if (this.socket?.readyState === WebSocket.OPEN) this.socket.send(PING);
  }

  /** There is reason to believe that the box can be reached: what is lost is made anew at once. */
  again(): void {
    if (!this.socket || performance.now() - this.begunAt >= JUST_BEGUN_MS) this.retryNow();
  }

  close(): void {
    this.path = undefined;
    this.stopWatching?.();
    this.stopWatching = undefined;
    this.drop();
    this.everHeard = false;
    this.backoff.reset();
    this.show('closed');
  }

  /** Whether it was sent. What must survive a reconnection is sent again after the next snapshot, by the caller. */
  send(message: Message): boolean {
    if (this.socket?.readyState !== WebSocket.OPEN) return false;
    this.socket.send(JSON.stringify(message));
    return true;
  }

  private connect(): void {
    if (this.path === undefined) return;
    this.drop();
    const url = new URL(typeof this.path === 'string' ? this.path : this.path(), location.href);
    const { kind } = this.choice;
    const begun = socketUnderWay(url);
    const ahead = kind === 'socket' ? begun : undefined;
    if (!ahead) begun?.socket.close();
    const socket: EventLine = ahead?.socket ?? openLine(kind, url);
    this.begunAt = performance.now();
    this.socket = socket;
    this.show(this.backoff.failures === 0 ? 'connecting' : 'waiting');
    socket.addEventListener('open', () => {
      if (socket === this.socket) this.show('open');
    });
    this.timer = setTimeout(() => this.wait(false), this.choice.patienceMs);
    socket.addEventListener('message', (message) => {
      if (socket !== this.socket) return;
      const event = this.options.parse(message.data);
      if (event === undefined) return;
      this.choice.heard(kind);
      this.hear(event);
      this.handlers.tell(event);
    });
    socket.addEventListener('close', ({ code }) => {
      if (socket === this.socket) this.wait(REFUSALS.has(code));
    });
    if (ahead) this.catchUp(ahead);
  }

  /** With one that was opened before. */
  private catchUp({ socket, take }: EventsAhead): void {
    if (socket.readyState === WebSocket.OPEN) this.show('open');
    else if (socket.readyState !== WebSocket.CONNECTING) this.wait(false);
    for (const data of take()) socket.dispatchEvent(new MessageEvent('message', { data }));
  }

  private hear({ type }: Event): void {
    if (!this.heard) {
      // Only a message proves that the box accepted us; some proxies open and then close.
      this.backoff.reset();
      clearTimeout(this.timer);
      this.heard = true;
      this.everHeard = true;
      this.heartbeat.start();
      this.host.requestUpdate();
    } else if (type === 'pong' || this.options.watch.proof === 'anything') this.heartbeat.heard();
  }

  private wait(refused: boolean): void {
    if (!this.heard) this.choice.failed();
    this.drop();
    this.show('waiting');
    this.timer = setTimeout(() => this.connect(), this.backoff.nextMs());
    if (refused || this.backoff.failures % REFUSED_AFTER === 0) this.options.onRefused?.();
  }

  private retryNow(): void {
    if (this.status !== 'waiting') return;
    this.backoff.reset();
    this.choice.anew();
    this.connect();
  }

  private drop(): void {
    clearTimeout(this.timer);
    this.heartbeat.stop();
    this.heard = false;
    const socket = this.socket;
    this.socket = undefined;
    socket?.close();
  }

  private show(status: SocketStatus): void {
    if (this.status === status) return;
    this.status = status;
    this.host.requestUpdate();
  }
}
