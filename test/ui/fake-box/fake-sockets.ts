/**
 * Stands in for `WebSocket` and `EventSource`: the test is the box's end of every socket, and every stream, that the page
 * opens.
 */
export class FakeSockets {
  readonly opened: FakeSocket[] = [];
  /** New sockets open by themselves; otherwise they fail. */
  reachable = true;
  readonly streams: FakeStream[] = [];
  /** The same of streams, which stand in for sockets that do not pass. */
  streaming = false;
  private readonly real = window.WebSocket;
  private readonly realStream = window.EventSource;

  constructor() {
    const { opened, streams } = this;
    const streaming = (): boolean => this.streaming;
    window.EventSource = class extends FakeStream {
      constructor(url: string | URL) {
        super(String(url));
        streams.push(this);
        setTimeout(() => (streaming() ? this.say('1', 'stream') : this.lose()));
      }
    } as unknown as typeof EventSource;
    const reachable = (): boolean => this.reachable;
    window.WebSocket = class extends FakeSocket {
      constructor(url: string | URL) {
        super(String(url));
        opened.push(this);
        setTimeout(() => (reachable() ? this.open() : this.lose()));
      }
    } as unknown as typeof WebSocket;
  }

  get last(): FakeSocket {
    const socket = this.opened.at(-1);
    if (!socket) throw new Error('The page opened no socket.');
    return socket;
  }

  restore(): void {
    window.WebSocket = this.real;
    window.EventSource = this.realStream;
    sessionStorage.clear();
  }
}

class FakeStream extends EventTarget {
  readonly url: string;

  constructor(url: string) {
    super();
    this.url = url;
  }

  close(): void {}

  say(data: string, type = 'message'): void {
    this.dispatchEvent(new MessageEvent(type, { data }));
  }

  lose(): void {
    this.dispatchEvent(new Event('error'));
  }
}

export class FakeSocket extends EventTarget {
  static readonly CONNECTING = WebSocket.CONNECTING;
  static readonly OPEN = WebSocket.OPEN;
  static readonly CLOSED = WebSocket.CLOSED;
  readonly url: string;
  readonly received: unknown[] = [];
  readyState: number = WebSocket.CONNECTING;

  constructor(url: string) {
    super();
    this.url = url;
  }

  /** What the page sends. */
  send(frame: string): void {
    this.received.push(JSON.parse(frame));
  }

  close(): void {
    this.readyState = WebSocket.CLOSED;
  }

  open(): void {
    if (this.readyState !== WebSocket.CONNECTING) return;
    this.readyState = WebSocket.OPEN;
    this.dispatchEvent(new Event('open'));
  }

  /** What the box sends. */
  say(message: unknown): void {
    this.dispatchEvent(new MessageEvent('message', { data: JSON.stringify(message) }));
  }

  lose(code = 1006): void {
    this.readyState = WebSocket.CLOSED;
    this.dispatchEvent(new CloseEvent('close', { code }));
  }
}
