import { randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import type { WebSocket } from 'ws';
import type { Behaviour } from './behaviour.ts';
import { deltasOf, sentenceIn, sourceSentence } from './sentences.ts';
import { ReadingAloud } from './reading-aloud.ts';
import { SpeechDetector } from './speech-detector.ts';
import { tone, type Speech } from './speech.ts';
import { Transcribing } from './transcribing.ts';
import { isObject, type ServerEvent, type Wire, type WireError } from './wire.ts';

/** 400 ms of speech in each delta, while the server's own clock advances 200 ms. */
const DELTA_SAMPLES = 9_600;
const DELTA_ELAPSED_MS = 200;

export type ClosedBy = 'session.close' | 'client' | 'drop' | 'expiry' | 'server';

/** One session, and everything that it received. */
export class ServerSession {
  readonly id = `sess_${randomUUID().replaceAll('-', '').slice(0, 16)}`;
  /** ms of `performance.now()`. */
  readonly openedAt = performance.now();
  /** The `session` of each update. */
  readonly updates: unknown[] = [];
  /** Each append: when it came (ms of `performance.now()`) and how many bytes of PCM it carried. */
  readonly appends: { at: number; bytes: number }[] = [];
  /** Errors it sent. */
  readonly errors: WireError[] = [];
  readonly wire: Wire;
  /** Of a transcription none. */
  language: string;
  /** Of a transcription. */
  readonly transcribing: Transcribing | undefined;
  /** Of a conversation: texts that it says out of band. */
  readonly reading: ReadingAloud;
  captions = false;
  answers = 0;
  closedBy: ClosedBy | undefined;
  private readonly socket: WebSocket;
  private readonly model: string;
  private readonly behaviour: Behaviour;
  private readonly speech: Speech;
  private readonly onChange: () => void;
  private readonly expiresAt: number;
  private readonly chunks: Int16Array[] = [];
  private readonly detector = new SpeechDetector({ onUtterance: () => this.answer() });
  private readonly expiry: NodeJS.Timeout;
  private samplesIn = 0;
  private answering: Promise<void> = Promise.resolve();
  private hurry = new AbortController();
  private stalled = false;
  private badJson = 0;
  private elapsedMs = 0;

  constructor({
    socket,
    wire,
    model,
    behaviour,
    speech,
    onChange,
  }: {
    socket: WebSocket;
    wire: Wire;
    model: string;
    behaviour: Behaviour;
    speech: Speech;
    onChange: () => void;
  }) {
    this.socket = socket;
    this.wire = wire;
    const transcribes = wire.name === 'transcription';
    this.language = transcribes ? '' : 'es';
    this.transcribing = transcribes
      ? new Transcribing({
          send: (event) => this.send(event),
          fail: (error) => this.fail(error),
          behaviour,
        })
      : undefined;
    const send = (event: ServerEvent): void => this.send(event);
    const pause = (ms: number): Promise<void> => this.pause(ms);
    this.reading = new ReadingAloud({ send, pause, behaviour, speech });
    this.model = model;
    this.behaviour = behaviour;
    this.speech = speech;
    this.onChange = onChange;
    this.expiresAt = Math.floor(Date.now() / 1_000 + behaviour.lifeSeconds);
    this.expiry = setTimeout(() => this.expire(), behaviour.lifeSeconds * 1_000);
  }

  start(): void {
    this.socket.on('message', (data: Buffer) => this.hear(data.toString()));
    this.socket.on('close', () => this.close('client'));
    this.socket.on('error', () => this.close('client'));
    this.send({ type: 'session.created', session: this.view() });
  }

  get open(): boolean {
    return this.closedBy === undefined;
  }

  get receivedSamples(): number {
    return this.samplesIn;
  }

  /** All the audio it was sent, in order. */
  get received(): Int16Array {
    const whole = new Int16Array(this.samplesIn);
    let at = 0;
    for (const chunk of this.chunks) {
      whole.set(chunk, at);
      at += chunk.length;
    }
    return whole;
  }

  /** The connection is gone without a word. */
  drop(): void {
    this.close('drop');
    this.socket.terminate();
  }

  /** Reads nothing (so no ping is answered) and says nothing, until called with `false`. */
  stall(on: boolean): void {
    this.stalled = on;
    if (on) this.socket.pause();
    else this.socket.resume();
  }

  /** The next `count` messages are no JSON. */
  sendBadJson(count: number): void {
    this.badJson += count;
  }

  fail(error: WireError): void {
    this.errors.push(error);
    this.send({ type: 'error', error: { ...error, event_id: null } });
  }

  end(): void {
    this.close('server');
    this.socket.close(1001);
  }

  private hear(text: string): void {
    let event: unknown;
    try {
      event = JSON.parse(text);
    } catch {
      event = undefined;
    }
    if (!isObject(event)) {
      const message = 'We could not parse the JSON body of your message.';
      this.fail({ type: 'invalid_request_error', code: 'invalid_json', message, param: null });
      return;
    }
    this.act(event);
    this.onChange();
  }

  private act(event: Record<string, unknown>): void {
    const action = this.wire.read(event);
    switch (action.kind) {
      case 'update':
        this.language = action.language ?? this.language;
        this.captions = action.captions ?? this.captions;
        this.updates.push(event['session']);
        setTimeout(
          () => this.send({ type: 'session.updated', session: this.view() }),
          this.behaviour.updateMs,
        );
        return;
      case 'append':
        this.appends.push({ at: performance.now(), bytes: action.samples.length * 2 });
        this.chunks.push(action.samples);
        this.samplesIn += action.samples.length;
        (this.transcribing ?? this.detector).hear(action.samples);
        return;
      case 'commit':
      case 'clear':
        this.transcribing?.[action.kind]();
        return;
      case 'response':
        this.reading.act(event);
        return;
      case 'close':
        void this.finish();
        return;
      case 'error':
        this.fail(action.error);
        return;
      case 'ignore':
    }
  }

  private answer(): void {
    const number = ++this.answers;
    const before = this.answering;
    this.answering = this.say(number, before);
  }

  private async say(number: number, before: Promise<void>): Promise<void> {
    const hertz = this.behaviour.tone(this.language);
    const text = sentenceIn(this.language, number);
    const [samples] = await Promise.all([
      hertz === undefined ? this.speech.say(this.language, text) : tone(hertz),
      this.pause(this.behaviour.lagMs),
      before,
    ]);
    const { brokenOff, finishedTexts } = this.behaviour;
    if (brokenOff) {
      this.sendAll(this.wire.brokenOff({ ...this.place(number), how: brokenOff }));
      return;
    }
    const source = this.captions ? sourceSentence(number) : undefined;
    if (source !== undefined && !finishedTexts) {
      for (const delta of deltasOf(source)) this.send(this.wire.sourceWords(delta, this.place(number)));
    }
    const words = finishedTexts ? [] : deltasOf(text);
    const deltas = Math.ceil(samples.length / DELTA_SAMPLES);
    for (let index = 0; index < deltas && this.open; index++) {
      const spoken = Math.ceil((words.length * index) / deltas);
      for (const word of words.slice(spoken, Math.ceil((words.length * (index + 1)) / deltas))) {
        const first = index === 0 && spoken === 0 && number > 1;
        this.send(this.wire.words(first ? this.spaced(word, words) : word, this.place(number)));
      }
      const piece = new Int16Array(DELTA_SAMPLES);
      piece.set(samples.subarray(index * DELTA_SAMPLES, (index + 1) * DELTA_SAMPLES));
      this.sendSpeech(Buffer.from(piece.buffer), number);
      this.elapsedMs += DELTA_ELAPSED_MS;
      await this.pause(this.behaviour.paceMs);
    }
    this.sendAll(this.wire.answered({ ...this.place(number), text, source }));
  }

  private place(number: number) {
    return { number, elapsedMs: this.elapsedMs };
  }

  private sendSpeech(bytes: Buffer, number: number): void {
    const length = this.behaviour.deltaBytes ?? bytes.length;
    for (let at = 0; at < bytes.length; at += length) {
      this.send(this.wire.speech(bytes.toString('base64', at, at + length), this.place(number)));
    }
  }

  private sendAll(events: readonly ServerEvent[]): void {
    for (const event of events) this.send(event);
  }

  /** Deltas carry their own spaces: one before the first word of a further sentence. */
  private spaced(word: string, words: readonly string[]): string {
    return word === words[0] ? ` ${word}` : word;
  }

  /** After `session.close`: everything that is still to be said, faster, then the end. */
  private async finish(): Promise<void> {
    this.detector.flush();
    this.hurry.abort();
    await this.answering;
    this.send({ type: 'session.closed' });
    this.close('session.close');
    this.socket.close(1000);
  }

  private async pause(ms: number): Promise<void> {
    await delay(ms, undefined, { signal: this.hurry.signal }).catch(() => undefined);
  }

  private expire(): void {
    const message = 'Your session hit the maximum duration of 60 minutes.';
    this.fail({ type: 'invalid_request_error', code: 'session_expired', message, param: null });
    this.close('expiry');
    this.socket.close(1001);
  }

  private close(by: ClosedBy): void {
    this.closedBy ??= by;
    clearTimeout(this.expiry);
    this.hurry.abort();
    this.onChange();
  }

  private view(): Record<string, unknown> {
    const { id, model, expiresAt, language, captions } = this;
    return this.wire.session({ id, model, expiresAt, language, captions, update: this.updates.at(-1) });
  }

  private send(event: ServerEvent): void {
    if (this.stalled || this.socket.readyState !== this.socket.OPEN) return;
    const text = JSON.stringify({ event_id: `event_${randomUUID().slice(0, 12)}`, ...event });
    const broken = this.badJson > 0;
    if (broken) this.badJson--;
    this.socket.send(broken ? text.slice(0, -10) : text);
  }
}
