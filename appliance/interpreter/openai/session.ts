import { WebSocket, type RawData } from 'ws';
import type { Attempt, Breaker } from '../../breaker/breaker.ts';
import type { Log } from '../../log.ts';
import type { Dialect, ReadEvent, SessionEvent, SessionOutput, SessionSettings } from './dialect.ts';
import {
  brokenSocket,
  closedSocket,
  failureOf,
  serviceAway,
  type ServerError,
  silentServer,
  unansweredTurn,
  withoutKeys,
} from '../../openai/failure.ts';
import type { Failure } from '../../openai/known-failures.ts';
import { Lifetime } from './lifetime.ts';
import type { Meter } from './meter.ts';
import { Pings } from './pings.ts';
import { readRefusal } from '../../openai/refused-upgrade.ts';
import { SentSpeech } from './sent-speech.ts';
import type { OpenAiTiming } from './timing.ts';

/** After `ready` any number of `output`; then `lost` or `ended`, once, and nothing after it. */
export interface SessionObserver {
  onReady(session: Session): void;
  onOutput(session: Session, output: SessionOutput): void;
  onLost(session: Session, failure: Failure): void;
  /** After {@link Session.finish}: everything came out, or the time for it was up. */
  onEnded(session: Session): void;
}

export interface SessionParts {
  readonly address: URL;
  readonly headers: Record<string, string>;
  readonly dialect: Dialect;
  readonly settings: SessionSettings;
  readonly timing: OpenAiTiming;
  readonly breaker: Breaker | undefined;
  readonly observer: SessionObserver;
  readonly meter: Meter;
  readonly log: Log;
}

type Phase = 'new' | 'opening' | 'ready' | 'finishing' | 'over';

const SOCKET = { perMessageDeflate: false, maxPayload: 16 * 1_024 * 1_024, followRedirects: false } as const;
const CLOSE_MS = 1_000;
/** A dialect that cannot announce its end is taken to have ended after so long without output. */
const QUIET_MS = 1_500;
/** One WebSocket session with a realtime server. Opened once; never reopened. */
export class Session {
  readonly speech = new SentSpeech();
  readonly lifetime: Lifetime;
  private readonly parts: SessionParts;
  private readonly read: ReadEvent;
  private readonly pings: Pings;
  private phase: Phase = 'new';
  private settings: SessionSettings;
  private socket: WebSocket | undefined;
  private deadline: NodeJS.Timeout | undefined;
  private quiet: NodeJS.Timeout | undefined;
  private attempt: Attempt | undefined;

  constructor(parts: SessionParts) {
    this.parts = parts;
    this.read = parts.dialect.reader();
    this.settings = parts.settings;
    this.lifetime = new Lifetime(parts.timing.lifetimeMs);
    this.pings = new Pings({
      timing: parts.timing,
      position: () => this.speech.position,
      onConfirmed: (position) => this.speech.confirm(position),
      onSilent: () => this.lose(silentServer()),
      onClosed: () => this.lose(closedSocket('')),
    });
  }

  /** Bytes that the network has not taken yet. */
  get unflushed(): number {
    return this.socket?.bufferedAmount ?? 0;
  }

  /** Where the service is left alone for now, it is lost at once. */
  open(): void {
    const { address, headers, timing, breaker } = this.parts;
    this.phase = 'opening';
    this.attempt = breaker?.enter();
    if (breaker && !this.attempt) return this.lose(serviceAway());
    this.deadline = setTimeout(() => this.lose(silentServer()), timing.openTimeoutMs);
    const socket = new WebSocket(address, { ...SOCKET, headers });
    this.socket = socket;
    socket.on('upgrade', this.lifetime.read);
    socket.on('unexpected-response', (request, response) =>
      readRefusal({ request, response, onFailure: (failure) => this.lose(failure) }),
    );
    socket.on('open', () => this.begin(socket));
    socket.on('message', (data) => this.hear(data));
    socket.on('error', (error) => this.lose(brokenSocket(error)));
    socket.on('close', (_code, reason) => this.lose(closedSocket(reason.toString())));
  }

  /** Sends a whole append message; `upTo`: the position after its last sample. The message may be reused at once. */
  append(message: Buffer, upTo: number): void {
    // ws masks into a buffer of its own before send() returns, so the caller's is free again.
    this.socket?.send(message, { binary: false });
    const samples = this.speech.send(upTo);
    // Last: what this costs may be what ends this session.
    this.parts.meter.sent(samples, this.settings.captionSource);
  }

  /** What was sent since the last boundary is an utterance (`commit`), or nothing (`clear`). */
  bound(how: 'commit' | 'clear'): void {
    const { boundaries } = this.parts.dialect;
    if (boundaries && this.speech.bound()) this.send(boundaries[how]);
  }

  /** May come at any time; before the socket is open the first update already carries it. */
  change(settings: SessionSettings): void {
    this.settings = settings;
    this.send(this.parts.dialect.update(settings));
  }

  /** Asks for the last words; `onEnded` comes when they are out or `withinMs` is over. */
  finish(withinMs: number): void {
    if (this.phase !== 'ready') return;
    this.phase = 'finishing';
    this.deadline = setTimeout(() => this.end(), withinMs);
    this.bound('commit');
    const { closing } = this.parts.dialect;
    if (closing === undefined) this.quiet = setTimeout(() => this.end(), QUIET_MS);
    else this.send(closing);
  }

  /** Ends it at once; nothing is reported. */
  abandon(): void {
    this.attempt?.cancel();
    this.over();
    this.socket?.terminate();
  }

  private begin(socket: WebSocket): void {
    socket.send(this.parts.dialect.update(this.settings));
    this.pings.start(socket);
  }

  private hear(data: RawData): void {
    if (this.phase === 'over') return;
    this.quiet?.refresh();
    const text = Buffer.isBuffer(data) ? data.toString() : '';
    this.act(this.read(text));
  }

  private act(event: SessionEvent): void {
    const { log, observer } = this.parts;
    switch (event.kind) {
      case 'created':
        this.lifetime.begin(event.expiresAt);
        return;
      case 'updated':
        if (this.phase !== 'opening') return;
        this.phase = 'ready';
        clearTimeout(this.deadline);
        this.attempt?.succeed();
        observer.onReady(this);
        return;
      case 'closed':
        if (this.phase === 'finishing') this.end();
        else this.lose(closedSocket(''));
        return;
      case 'error':
        this.fail(event.error);
        return;
      case 'answered':
        this.parts.meter.used(event.tokens);
        if (event.unanswered) this.missAnswer(event.unanswered);
        return;
      case 'other':
        log.debug({ event: event.type }, 'the interpreter’s server sent an event of no use here');
        return;
      case 'broken':
        log.warn({ reason: event.reason }, 'the interpreter’s server sent an event that cannot be read');
        return;
      case 'several':
        for (const output of event.events) observer.onOutput(this, output);
        return;
      case 'speech':
      case 'words':
      case 'words-end':
      case 'source-words':
      case 'source-words-end':
        observer.onOutput(this, event);
    }
  }

  private fail(error: ServerError): void {
    this.report(error, 'the interpreter’s server reports an error');
    const { language } = this.settings;
    const failure = failureOf({ error, ready: this.phase !== 'opening', language });
    if (failure) this.lose(failure);
  }

  private missAnswer(why: ServerError): void {
    this.report(why, 'the interpreter’s server did not answer what the guide said');
    const failure = unansweredTurn(why);
    // One that is to end anyway has said its last words.
    if (this.phase === 'finishing' && !failure.final) this.end();
    else this.lose(failure);
  }

  private report({ code, type, param, message }: ServerError, what: string): void {
    this.parts.log.warn({ code, type, param, detail: withoutKeys(message) }, what);
  }

  private send(message: string): void {
    if (this.socket?.readyState === WebSocket.OPEN) this.socket.send(message);
  }

  private lose(failure: Failure): void {
    if (this.phase === 'over') return;
    // What only a person can mend says that the service is there.
    this.attempt?.[failure.final ? 'succeed' : 'fail']();
    this.over();
    this.socket?.terminate();
    this.parts.observer.onLost(this, failure);
  }

  private end(): void {
    if (this.phase === 'over') return;
    this.over();
    const socket = this.socket;
    socket?.close(1000);
    // ws itself would wait 30 s for the other side's answer.
    const impatience = setTimeout(() => socket?.terminate(), CLOSE_MS);
    socket?.once('close', () => clearTimeout(impatience));
    this.parts.observer.onEnded(this);
  }

  private over(): void {
    this.phase = 'over';
    clearTimeout(this.deadline);
    clearTimeout(this.quiet);
    this.pings.stop();
  }
}
