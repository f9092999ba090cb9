import {
  createServer as createHttpServer,
  type IncomingMessage,
  type Server,
  type ServerResponse,
} from 'node:http';
import { createServer as createHttpsServer } from 'node:https';
import type { Duplex } from 'node:stream';
import { WebSocketServer } from 'ws';
import type { Behaviour } from './behaviour.ts';
import { selfSignedCertificate } from './certificate.ts';
import type { WantedReading } from './reading-aloud.ts';
import {
  KEY_MISSING,
  KEY_WRONG,
  MODEL_MISSING,
  NO_QUOTA,
  refuse,
  UNAVAILABLE,
  UNKNOWN_URL,
  type Refusal,
} from './refusal.ts';
import { ServerSession } from './server-session.ts';
import { Speech } from './speech.ts';
import { TextAnswers } from './text-answers.ts';
import type { BrokenOff, WireError } from './wire.ts';
import { wireAt } from './wires.ts';

const LIFE_SECONDS = 3_600;

export interface RealtimeServerOptions extends Partial<Behaviour> {
  readonly host?: string;
  /** 0: any free one. */
  readonly port?: number;
  /** `wss:` with a certificate made for the purpose. */
  readonly tls?: boolean;
  /** The one key it accepts; null: everyone is welcome, as on a LAN. */
  readonly apiKey?: string | null;
}

/** Where a refusal is said: in the answer to the upgrade, or in an `error` event of an opened session. */
type RefusalPlace = 'upgrade' | 'event' | undefined;

/**
 * Stands in for OpenAI's realtime API: its three wires, real speech in answer to whatever is speech, no translation. And
 * for its responses to text. Records what it receives. Its faults are switched while it runs.
 */
export class RealtimeServer {
  /** In the order in which they were opened, closed ones included. */
  readonly sessions: ServerSession[] = [];
  /** Text, asked for in calls of their own. */
  readonly texts = new TextAnswers();
  /** Upgrades it refused. */
  refusals = 0;
  private readonly host: string;
  private readonly wantedPort: number;
  private readonly tls: boolean;
  private readonly apiKey: string | null;
  private readonly behaviour: Behaviour;
  private readonly speech = new Speech();
  private readonly sockets = new WebSocketServer({ noServer: true, perMessageDeflate: false });
  private readonly watchers = new Set<() => void>();
  private server: Server | undefined;
  private pem = '';
  private keyRefused: RefusalPlace;
  private quotaGoneAt: RefusalPlace;
  private refusal: Refusal | undefined;
  private stalled = false;
  private dropAtSamples = Infinity;

  constructor({
    host = '127.0.0.1',
    port = 0,
    tls = false,
    apiKey = 'sk-test',
    lagMs = 300,
    paceMs = 100,
    updateMs = 200,
    lifeSeconds = LIFE_SECONDS,
    deltaBytes,
    finishedTexts = false,
    brokenOff,
    swapped = false,
    unintelligible = false,
    reworded = (text) => text,
    tone = () => undefined,
  }: RealtimeServerOptions = {}) {
    this.host = host;
    this.wantedPort = port;
    this.tls = tls;
    this.apiKey = apiKey;
    const paces = { lagMs, paceMs, updateMs, lifeSeconds, deltaBytes };
    this.behaviour = { ...paces, finishedTexts, brokenOff, swapped, unintelligible, reworded, tone };
  }

  async start(): Promise<void> {
    this.sockets.on('headers', (headers) => headers.push(`Date: ${new Date().toUTCString()}`));
    const server = await this.createServer();
    server.on('request', (request, response) => void this.call(request, response));
    server.on('upgrade', (request, socket, head) => this.upgrade(request, socket, head));
    const { promise, resolve, reject } = Promise.withResolvers<void>();
    server.once('error', reject);
    server.listen(this.wantedPort, this.host, resolve);
    await promise;
    this.server = server;
  }

  async stop(): Promise<void> {
    for (const session of this.sessions) if (session.open) session.end();
    for (const socket of this.sockets.clients) socket.terminate();
    const { promise, resolve } = Promise.withResolvers<void>();
    if (this.server) this.server.close(() => resolve());
    else resolve();
    this.server?.closeAllConnections();
    await promise;
  }

  get port(): number {
    const address = this.server?.address();
    if (typeof address !== 'object' || !address) throw new Error('The server has not been started.');
    return address.port;
  }

  /** What a client is configured with. */
  get url(): string {
    return `${this.tls ? 'wss' : 'ws'}://${this.host}:${this.port}/v1/realtime`;
  }

  /** The certificate that a client must trust, PEM. */
  get certificate(): string {
    return this.pem;
  }

  /** Sessions for `language`, in the order in which they were opened. */
  sessionsFor(language: string): ServerSession[] {
    return this.sessions.filter((session) => session.language === language);
  }

  /** Those that write down what the guide says. */
  get transcriptions(): ServerSession[] {
    return this.sessions.filter(({ transcribing }) => transcribing !== undefined);
  }

  /** All texts that were to be read, by session. */
  get readings(): WantedReading[] {
    return this.sessions.flatMap(({ reading }) => reading.wanted);
  }

  /** Resolves as soon as `condition` holds; looks whenever something arrives or a session opens or ends. */
  async until(condition: () => boolean): Promise<void> {
    if (condition()) return;
    const { promise, resolve } = Promise.withResolvers<void>();
    const watcher = () => {
      if (condition()) resolve();
    };
    this.watchers.add(watcher);
    await promise;
    this.watchers.delete(watcher);
  }

  refuseKey(where: RefusalPlace): void {
    this.keyRefused = where;
  }

  noQuota(where: RefusalPlace): void {
    this.quotaGoneAt = where;
  }

  /** HTTP 503 to every upgrade. */
  unavailable(on: boolean): void {
    this.refuseWith(on ? UNAVAILABLE : undefined);
  }

  /** The same answer to every upgrade. */
  refuseWith(refusal: Refusal | undefined): void {
    this.refusal = refusal;
  }

  /** How every answer comes to nothing from now on, if it does. */
  breakOff(how: BrokenOff | undefined): void {
    this.behaviour.brokenOff = how;
  }

  /** What is said from now on instead of a text that is to be read. */
  reword(reworded: (text: string) => string): void {
    this.behaviour.reworded = reworded;
  }

  /** Breaks the connections (of one language, or all) without a word. */
  dropNow(language?: string): void {
    for (const session of this.open(language)) session.drop();
  }

  /** The same later: after a time, or as soon as one session has received so many bytes of PCM. */
  dropSocketAfter({ ms, bytes }: { ms?: number; bytes?: number }): void {
    if (ms !== undefined) setTimeout(() => this.dropNow(), ms);
    if (bytes !== undefined) this.dropAtSamples = bytes / 2;
  }

  /** Connections stay open, but nothing is read, answered or said; new ones likewise. */
  stall(on: boolean): void {
    this.stalled = on;
    for (const session of this.open()) session.stall(on);
  }

  /** How long sessions live that are opened from now on. */
  expireIn(seconds: number): void {
    this.behaviour.lifeSeconds = seconds;
  }

  lag(ms: number): void {
    this.behaviour.lagMs = ms;
  }

  /** The next message of every open session is no JSON. */
  badJson(): void {
    for (const session of this.open()) session.sendBadJson(1);
  }

  /** An `error` event in every open session. */
  fail(error: WireError): void {
    for (const session of this.open()) session.fail(error);
  }

  private async createServer(): Promise<Server> {
    if (!this.tls) return createHttpServer();
    const certificate = await selfSignedCertificate();
    this.pem = certificate.cert;
    return createHttpsServer(certificate);
  }

  private open(language?: string): ServerSession[] {
    return this.sessions.filter(
      (session) => session.open && (language === undefined || session.language === language),
    );
  }

  private async call(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { pathname } = new URL(request.url ?? '/', 'http://localhost');
    if (request.method !== 'POST' || pathname !== '/v1/responses') response.writeHead(404).end();
    else await this.texts.answer(request, response, this.refusalOf(request));
    this.changed();
  }

  private upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void {
    socket.on('error', () => socket.destroy());
    const url = new URL(request.url ?? '/', 'http://localhost');
    const wire = wireAt(url);
    const model = url.searchParams.get('model') ?? '';
    const modelMissing = model === '' && wire?.name !== 'transcription';
    const refusal = this.refusalOf(request) ?? (modelMissing ? MODEL_MISSING : undefined);
    if (!wire || refusal) {
      this.refusals++;
      refuse(socket, wire && refusal ? refusal : UNKNOWN_URL);
      this.changed();
      return;
    }
    this.sockets.handleUpgrade(request, socket, head, (client) => {
      const session = new ServerSession({
        socket: client,
        wire,
        model,
        behaviour: this.behaviour,
        speech: this.speech,
        onChange: () => this.changed(),
      });
      this.sessions.push(session);
      if (this.stalled) session.stall(true);
      session.start();
      this.refuseInSession(session);
      this.changed();
    });
  }

  private refusalOf(request: IncomingMessage): Refusal | undefined {
    const { authorization } = request.headers;
    if (this.apiKey !== null && authorization === undefined) return KEY_MISSING;
    if (this.apiKey !== null && authorization !== `Bearer ${this.apiKey}`) return KEY_WRONG;
    if (this.keyRefused === 'upgrade') return KEY_WRONG;
    if (this.quotaGoneAt === 'upgrade') return NO_QUOTA;
    return this.refusal;
  }

  private refuseInSession(session: ServerSession): void {
    if (this.keyRefused === 'event') session.fail(KEY_WRONG.error);
    else if (this.quotaGoneAt === 'event') session.fail(NO_QUOTA.error);
    else return;
    session.end();
  }

  private changed(): void {
    for (const session of this.open()) {
      if (session.receivedSamples < this.dropAtSamples) continue;
      this.dropAtSamples = Infinity;
      session.drop();
    }
    for (const watcher of this.watchers) watcher();
  }
}
