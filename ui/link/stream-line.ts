/** The part of a WebSocket that events need, whatever stands in for one. */
export interface EventLine {
  readonly readyState: number;
  send(text: string): void;
  close(): void;
  addEventListener(type: 'open', listener: () => void): void;
  addEventListener(type: 'message', listener: (event: MessageEvent<unknown>) => void): void;
  addEventListener(type: 'close', listener: (event: CloseEvent) => void): void;
}

/** A message that is on its way for so long will not arrive, ms. */
const SAY_MS = 5_000;
const PING = JSON.stringify({ type: 'ping' });

/**
 * Events as `text/event-stream`, messages by POST, in the shape of a WebSocket: for networks that let no WebSocket pass
 * (docs/protocol.md). A message follows the one before it only when that has arrived: their order counts.
 */
export class StreamLine implements EventLine {
  readyState: number = WebSocket.CONNECTING;
  private readonly address: URL;
  private readonly source: EventSource;
  private readonly target = new EventTarget();
  private stream = '';
  private saying: Promise<void> = Promise.resolve();

  constructor(address: URL) {
    this.address = address;
    this.source = new EventSource(address);
    this.source.addEventListener('stream', ({ data }: MessageEvent<string>) => {
      this.stream = data;
      this.readyState = WebSocket.OPEN;
      this.target.dispatchEvent(new Event('open'));
    });
    this.source.addEventListener('message', ({ data }: MessageEvent<string>) =>
      this.target.dispatchEvent(new MessageEvent('message', { data })),
    );
    this.source.addEventListener('ping', () => this.send(PING));
    this.source.addEventListener('close', ({ data }: MessageEvent<string>) => this.end(Number(data)));
    // It would try again by itself, on its own terms.
    this.source.addEventListener('error', () => this.end(1006));
  }

  addEventListener(type: 'open', listener: () => void): void;
  addEventListener(type: 'message', listener: (event: MessageEvent<unknown>) => void): void;
  addEventListener(type: 'close', listener: (event: CloseEvent) => void): void;
  addEventListener(type: string, listener: (event: never) => void): void {
    this.target.addEventListener(type, listener as EventListener);
  }

  send(text: string): void {
    this.saying = this.saying.then(() => this.say(text));
  }

  close(): void {
    this.end(1000);
  }

  private async say(text: string): Promise<void> {
    if (this.readyState !== WebSocket.OPEN) return;
    const url = new URL(this.address);
    url.pathname += `/${this.stream}`;
    try {
      const { ok } = await fetch(url, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: text,
        signal: AbortSignal.timeout(SAY_MS),
      });
      if (!ok) this.end(1006);
    } catch {
      this.end(1006);
    }
  }

  private end(code: number): void {
    if (this.readyState === WebSocket.CLOSED) return;
    this.readyState = WebSocket.CLOSED;
    this.source.close();
    this.target.dispatchEvent(new CloseEvent('close', { code }));
  }
}
