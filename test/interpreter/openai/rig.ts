import { readFile } from 'node:fs/promises';
import { expect } from 'vitest';
import type { Breakers } from '../../../appliance/breaker/breakers.ts';
import { holdsSound } from '../../../appliance/floor/loudness.ts';
import type {
  Interpreter,
  InterpreterCaption,
  InterpreterState,
} from '../../../appliance/interpreter/interpreter.ts';
import { OpenAiEngine } from '../../../appliance/interpreter/openai/openai-engine.ts';
import type { OpenAiTiming } from '../../../appliance/interpreter/openai/timing.ts';
import { silentLog } from '../../../appliance/log.ts';
import { RealtimeServer, type RealtimeServerOptions } from '../../realtime-server/realtime-server.ts';
import { readWav, resample } from '../../realtime-server/speech.ts';

const HUMAN_SPEECH =
  '/usr/share/pocketsphinx/test/data/librivox/sense_and_sensibility_01_austen_64kb-0870.wav';
const FRAME = 480;
export const PIECE = 4_800;
/** Gaps within a sentence, as the floor has them: 600 ms. */
const HANGOVER_FRAMES = 30;

/** Waits a product would take seconds for, and a backlog sent almost at once. */
const QUICK: Partial<OpenAiTiming> = {
  openingGapMs: 0,
  pingMs: 20,
  backoffMs: 20,
  backoffMaxMs: 60,
  catchUp: 200,
  replayMs: 0,
  silenceAfterMs: 60_000,
  switchPatienceMs: 20,
  stopMs: 2_000,
};

/** What one interpreter delivered. */
export class Ear {
  readonly states: InterpreterState[] = [];
  readonly captions: InterpreterCaption[] = [];
  readonly sourceCaptions: InterpreterCaption[] = [];
  readonly speech: Int16Array[] = [];
  spentUsd = 0;
  private readonly watchers = new Set<() => void>();

  onState(state: InterpreterState): void {
    this.states.push(state);
    this.changed();
  }

  onCaption(caption: InterpreterCaption): void {
    this.captions.push(caption);
    this.changed();
  }

  onSourceCaption(caption: InterpreterCaption): void {
    this.sourceCaptions.push(caption);
    this.changed();
  }

  onSpeech(samples: Int16Array): void {
    this.speech.push(samples);
    this.changed();
  }

  onSpent(usd: number): void {
    this.spentUsd += usd;
    this.changed();
  }

  get state(): InterpreterState | undefined {
    return this.states.at(-1);
  }

  get samples(): number {
    return this.speech.reduce((sum, { length }) => sum + length, 0);
  }

  finals(): string[] {
    return this.captions.filter(({ final }) => final).map(({ text }) => text);
  }

  sourceFinals(): string[] {
    return this.sourceCaptions.filter(({ final }) => final).map(({ text }) => text);
  }

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

  /** Resolves with the `count`th state of this kind. */
  async untilState(kind: InterpreterState['kind'], count = 1): Promise<void> {
    await this.until(() => this.states.filter((state) => state.kind === kind).length >= count);
  }

  private changed(): void {
    for (const watcher of this.watchers) watcher();
  }
}

const cleanups: (() => Promise<void>)[] = [];

export async function serve(options: RealtimeServerOptions = {}): Promise<RealtimeServer> {
  const server = new RealtimeServer({ lagMs: 10, paceMs: 2, updateMs: 5, ...options });
  await server.start();
  cleanups.push(() => server.stop());
  return server;
}

export function engineFor(
  url: string,
  options: {
    timing?: Partial<OpenAiTiming>;
    apiKey?: string | undefined;
    dialect?: 'translation' | 'conversation';
    breakers?: Breakers;
  } = {},
): OpenAiEngine {
  const engine = new OpenAiEngine({
    url,
    apiKey: 'sk-test',
    dialect: 'translation',
    log: silentLog(),
    ...options,
    timing: { ...QUICK, ...options.timing },
  });
  cleanups.unshift(() => engine.stop());
  return engine;
}

export function listen(
  engine: OpenAiEngine,
  { to = 'es', captionSource = false }: { to?: string; captionSource?: boolean } = {},
): { ear: Ear; interpreter: Interpreter } {
  const ear = new Ear();
  const interpreter = engine.create({ from: 'en', to, output: ear, captionSource });
  interpreter.start();
  return { ear, interpreter };
}

/** To be called after each test: engines first, then servers. */
export async function cleanUp(): Promise<void> {
  for (const cleanup of cleanups.splice(0)) await cleanup();
}

/** Gives the floor's audio to `interpreter`, as fast as it can, in one frame object as a microphone would. */
export function speak(interpreter: Pick<Interpreter, 'hear'>, samples: Int16Array): void {
  const frame = { samples: new Int16Array(FRAME), capturedAt: 0, blank: false, voiced: false };
  let quiet = HANGOVER_FRAMES;
  for (let at = 0; at + FRAME <= samples.length; at += FRAME) {
    frame.samples.set(samples.subarray(at, at + FRAME));
    quiet = holdsSound(frame.samples) ? 0 : quiet + 1;
    frame.voiced = quiet < HANGOVER_FRAMES;
    interpreter.hear(frame);
  }
}

/** Loud noise in which every stretch of a few samples occurs once: samples `from` to `from + count` of it. */
export function marked(from: number, count: number): Int16Array {
  return Int16Array.from({ length: count }, (_, index) => {
    let value = Math.imul(from + index + 1, 0x9e3779b1);
    value = Math.imul(value ^ (value >>> 15), 0x85ebca6b);
    return (value ^ (value >>> 13)) & 0x3fff;
  });
}

/** Where in `whole` the samples of `part` begin, or -1 when it is not one unbroken stretch of it. */
export function positionIn(whole: Int16Array, part: Int16Array): number {
  return bytesOf(whole).indexOf(bytesOf(part)) / 2;
}

export function bytesOf(samples: Int16Array): Buffer {
  return Buffer.from(samples.buffer, samples.byteOffset, samples.byteLength);
}

/** Somebody reading aloud, 24 kHz, with 0.6 s of silence after it. */
export async function humanSpeech(): Promise<Int16Array> {
  const { samples, rate } = readWav(await readFile(HUMAN_SPEECH));
  const speech = resample(samples, rate);
  const padded = new Int16Array(Math.ceil((speech.length + 14_400) / PIECE) * PIECE);
  padded.set(speech);
  return padded;
}

export function last(server: RealtimeServer) {
  const session = server.sessions.at(-1);
  if (!session) throw new Error('No session was opened.');
  return session;
}

/** The stretch of `whole` that each session received: [from, to). */
export function stretches(server: RealtimeServer, whole: Int16Array): [number, number][] {
  return server.sessions
    .filter(({ receivedSamples }) => receivedSamples > 0)
    .map(({ received }) => {
      const from = positionIn(whole, received);
      expect(from, 'what a session receives is an unbroken stretch of the floor').toBeGreaterThanOrEqual(0);
      return [from, from + received.length];
    });
}

export function upTo(count: number): number[] {
  return Array.from({ length: count }, (_, index) => index + 1);
}

/** Pause between two frames: nearly twenty times faster than real time. */
export async function stream(hear: (frame: Int16Array) => void, whole: Int16Array): Promise<void> {
  for (let at = 0; at < whole.length; at += FRAME) {
    hear(whole.subarray(at, at + FRAME));
    await new Promise((resolve) => setTimeout(resolve, 1));
  }
}
