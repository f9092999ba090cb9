import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import { WebSocketServer, type WebSocket } from 'ws';
import { FLOOR_RATE } from '../../../appliance/floor/floor-frame.ts';
import { translationWire } from '../../realtime-server/translation-wire.ts';

/** Told apart from the guide's own voice by its pitch. */
export const MODEL_HERTZ = 400;
const LEVEL = 10_000;
/** A session that outlives the benchmark. */
const LIFE_SECONDS = 3_600;
const WORDS_EVERY_MS = 300;

/** A model that says nothing of its own accord: its translation session speaks only when it is told to. */
export class Model {
  private readonly server: WebSocketServer;
  private socket: WebSocket | undefined;

  private constructor(server: WebSocketServer) {
    this.server = server;
    server.on('connection', (socket) => this.welcome(socket));
  }

  static async start(): Promise<Model> {
    const server = new WebSocketServer({ host: '127.0.0.1', port: 0, perMessageDeflate: false });
    await once(server, 'listening');
    return new Model(server);
  }

  get url(): string {
    return `ws://127.0.0.1:${(this.server.address() as AddressInfo).port}/v1/realtime`;
  }

  /** Resolves once the box has a session. */
  async begun(): Promise<void> {
    while (!this.connected) await delay(20);
  }

  get connected(): boolean {
    return this.socket !== undefined;
  }

  /** So much speech in one message. @returns when it was given to the network, ms of `performance.now()`. */
  speak(ms: number): number {
    const samples = Int16Array.from(
      { length: (ms * FLOOR_RATE) / 1_000 },
      (_, index) => LEVEL * Math.cos((2 * Math.PI * MODEL_HERTZ * index) / FLOOR_RATE),
    );
    const base64 = Buffer.from(samples.buffer).toString('base64');
    const message = JSON.stringify(translationWire.speech(base64, { number: 1, elapsedMs: 0 }));
    const at = performance.now();
    this.socket?.send(message);
    return at;
  }

  /** The guide's own words, as often as a recogniser tells them. @returns what ends it. */
  hearGuide(): () => void {
    const timer = setInterval(() => {
      const words = translationWire.sourceWords('one word more. ', { number: 1, elapsedMs: 0 });
      this.socket?.send(JSON.stringify(words));
    }, WORDS_EVERY_MS);
    return () => clearInterval(timer);
  }

  stop(): void {
    this.socket?.terminate();
    this.server.close();
  }

  private welcome(socket: WebSocket): void {
    const expiresAt = Math.floor(Date.now() / 1_000) + LIFE_SECONDS;
    const session = translationWire.session({
      id: 'sess_bench',
      model: 'bench',
      expiresAt,
      language: 'es',
      captions: false,
    });
    socket.send(JSON.stringify({ type: 'session.created', session }));
    socket.on('message', (data: Buffer) => {
      const { type } = JSON.parse(data.toString()) as { type: string };
      if (type === 'session.close') socket.send(JSON.stringify({ type: 'session.closed' }));
      if (type !== 'session.update') return;
      socket.send(JSON.stringify({ type: 'session.updated', session }));
      this.socket = socket;
    });
  }
}
