import { Worker } from 'node:worker_threads';
// Held here too: a library that only the thread holds is unloaded with it, and takes the process along.
import '@evan/opus';
import type { Log } from '../../log.ts';
import type { FromMp3, ToMp3 } from './messages.ts';

const SCRIPT = new URL(import.meta.url.endsWith('.ts') ? './worker.ts' : './worker.js', import.meta.url);
/** A thread that dies is started again, but not over and over. */
const PAUSE_MS = 1_000;

export interface Mp3Stream {
  /** The payload is copied. */
  add(payload: Uint8Array): void;
  close(): void;
}

/** Makes MP3 of Opus, in a thread of its own that is there while somebody needs it. */
export class Mp3Thread {
  private readonly log: Log;
  private readonly streams = new Map<number, (bytes: Uint8Array) => void>();
  private lastStream = 0;
  private worker: Worker | undefined;
  private notBefore = 0;

  constructor({ log }: { log: Log }) {
    this.log = log;
  }

  open(tell: (bytes: Uint8Array) => void): Mp3Stream {
    const stream = ++this.lastStream;
    this.streams.set(stream, tell);
    return {
      add: (payload) => this.post({ stream, payload: Uint8Array.from(payload) }),
      close: () => {
        this.streams.delete(stream);
        if (this.streams.size === 0) void this.stop();
        else if (this.worker) this.post({ stream });
      },
    };
  }

  async stop(): Promise<void> {
    const { worker } = this;
    this.worker = undefined;
    await worker?.terminate();
  }

  private post(message: ToMp3): void {
    if (!this.worker && performance.now() < this.notBefore) return;
    this.worker ??= this.begin();
    // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread, not a window
    this.worker.postMessage(message);
  }

  private begin(): Worker {
    const worker = new Worker(SCRIPT);
    worker.on('message', ({ stream, bytes }: FromMp3) => this.streams.get(stream)?.(bytes));
    worker.on('error', (error) => this.log.error({ err: error }, 'the thread that makes MP3 has died'));
    worker.once('exit', () => {
      // One that was stopped is wanted again as soon as somebody listens.
      if (this.worker !== worker) return;
      this.worker = undefined;
      this.notBefore = performance.now() + PAUSE_MS;
    });
    return worker;
  }
}
