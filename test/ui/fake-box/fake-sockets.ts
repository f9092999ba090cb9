/** Stands in for `WebSocket`: the test is the box's end of every socket that the page opens. */
export class FakeSockets {
  readonly opened: FakeSocket[] = [];
  /** New sockets open by themselves; otherwise they fail. */
  reachable = true;
  private readonly real = window.WebSocket;

  constructor() {
    const { opened } = this;
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
  }
}

export class FakeSocket extends EventTarget {
  static readonly OPEN = WebSocket.OPEN;
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
