import type { ReactiveController, ReactiveControllerHost } from 'lit';
import { Backoff } from './backoff.ts';
import { watchForReturn } from './return-watch.ts';

/** `waiting`: lost, and tried again by itself. */
export type SocketStatus = 'closed' | 'connecting' | 'open' | 'waiting';

/** Everything that the box tells has a type. */
interface Typed {
  readonly type: string;
}

/** One type of the events in a union. */
export type EventOf<Event extends Typed, Type extends Event['type']> = Extract<Event, { type: Type }>;

/** What tells of the box's events: all that a subscriber needs of a socket. */
export interface EventSource<Event extends Typed> {
  readonly on: <Type extends Event['type']>(
    type: Type,
    handler: (event: EventOf<Event, Type>) => void,
  ) => () => void;
}

export interface EventsSocketOptions<Event> {
  readonly parse: (frame: unknown) => Event | undefined;
  /** The box hung up on this page, or was reached in vain several times: perhaps it no longer knows who asks. */
  readonly onRefused?: () => void;
}

const REFUSED_AFTER = 3;
/** Codes with which the box hangs up for good: signed out, removed. */
const REFUSALS: ReadonlySet<number> = new Set([4401, 4403]);

/**
 * The socket that a page listens on: the box sends a snapshot on each connection and deltas after it, so a lost
 * connection is mended by making a new one. Belongs to an element and goes with it.
 */
export class EventsSocket<Event extends Typed, Message> implements ReactiveController, EventSource<Event> {
  status: SocketStatus = 'closed';
  private readonly handlers = new Set<(event: Event) => void>();
  private readonly host: ReactiveControllerHost;
  private readonly options: EventsSocketOptions<Event>;
  private readonly backoff = new Backoff();
  private path: string | (() => string) | undefined;
  private socket: WebSocket | undefined;
  private timer: ReturnType<typeof setTimeout> | undefined;
  private stopWatching: (() => void) | undefined;

  constructor(host: ReactiveControllerHost, options: EventsSocketOptions<Event>) {
    this.host = host;
    this.options = options;
    host.addController(this);
  }

  hostDisconnected(): void {
    this.close();
  }

  /**
   * Calls `handler` with each event of `type`, after those who subscribed before; answers with how to end that. It
   * outlives the connection: a handler is there for all that are to come.
   */
  on<Type extends Event['type']>(type: Type, handler: (event: EventOf<Event, Type>) => void): () => void {
    const hear = (event: Event): void => {
      if (isOf(event, type)) handler(event);
    };
    this.handlers.add(hear);
    return () => this.handlers.delete(hear);
  }

  /** Opens at `path`, in place of any other. A function is asked anew at each connection. */
  open(path: string | (() => string)): void {
    this.close();
    this.path = path;
    this.stopWatching = watchForReturn(() => this.retryNow());
    this.connect();
  }

  close(): void {
    this.path = undefined;
    this.stopWatching?.();
    this.stopWatching = undefined;
    this.drop();
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
    url.protocol = url.protocol === 'https:' ? 'wss:' : 'ws:';
    const socket = new WebSocket(url);
    this.socket = socket;
    this.show(this.backoff.failures === 0 ? 'connecting' : 'waiting');
    socket.addEventListener('open', () => {
      if (socket === this.socket) this.show('open');
    });
    socket.addEventListener('message', (message) => {
      if (socket !== this.socket) return;
      const event = this.options.parse(message.data);
      if (event === undefined) return;
      // Only a message proves that the box accepted us; some proxies open and then close.
      this.backoff.reset();
      this.tell(event);
    });
    socket.addEventListener('close', ({ code }) => {
      if (socket === this.socket) this.wait(REFUSALS.has(code));
    });
  }

  private tell(event: Event): void {
    // Who asks meanwhile hears the next event, and who was stopped meanwhile no more.
    const asked = [...this.handlers];
    for (const hear of asked) {
      if (!this.handlers.has(hear)) continue;
      try {
        hear(event);
      } catch (error) {
        // One part of the page that fails must not keep the news from the others.
        reportError(error);
      }
    }
  }

  private wait(refused: boolean): void {
    this.drop();
    this.show('waiting');
    this.timer = setTimeout(() => this.connect(), this.backoff.nextMs());
    if (refused || this.backoff.failures % REFUSED_AFTER === 0) this.options.onRefused?.();
  }

  private retryNow(): void {
    if (this.status !== 'waiting') return;
    this.backoff.reset();
    this.connect();
  }

  private drop(): void {
    clearTimeout(this.timer);
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

function isOf<Event extends Typed, Type extends Event['type']>(
  event: Event,
  type: Type,
): event is EventOf<Event, Type> {
  return event.type === type;
}
