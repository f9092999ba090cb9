import type {
  Interpreter,
  InterpreterCaption,
  InterpreterEngine,
  InterpreterOutput,
  InterpreterRequest,
  InterpreterState,
  Trial,
} from '../../../appliance/interpreter/interpreter.ts';
import { Ladder } from '../../../appliance/interpreter/ladder/ladder.ts';
import { Rung } from '../../../appliance/interpreter/ladder/rung.ts';
import { LADDER_TIMING } from '../../../appliance/interpreter/ladder/timing.ts';
import { silentLog } from '../../../appliance/log.ts';
import type { ErrorCode, Problem } from '../../../appliance/protocol/errors.ts';

export const problem = (code: ErrorCode): Problem => ({ code, message: `${code}.` });
export const UNABLE = problem('interpreter_language_unsupported');

/** An interpreter whose states and words are the test's. */
class Actor implements Interpreter {
  readonly language: string;
  readonly output: InterpreterOutput;
  readonly frames: number[] = [];
  captionsSource: boolean;
  stopped = false;
  /** What its stop waits for: it has something left to say. */
  lastWords: Promise<void> = Promise.resolve();

  constructor({ to, output, captionSource }: InterpreterRequest) {
    this.language = to;
    this.output = output;
    this.captionsSource = captionSource;
  }

  start(): void {
    this.output.onState({ kind: 'connecting' });
  }

  async stop(): Promise<void> {
    this.stopped = true;
    await this.lastWords;
    this.output.onState({ kind: 'stopped' });
  }

  hear({ capturedAt }: { capturedAt: number }): void {
    this.frames.push(capturedAt);
  }

  captionSource(on: boolean): void {
    this.captionsSource = on;
  }

  live(): void {
    this.output.onState({ kind: 'live' });
  }

  away(code: ErrorCode = 'interpreter_unreachable'): void {
    this.output.onState({ kind: 'reconnecting', problem: problem(code), attempt: 1, retryInMs: 1_000 });
  }

  fail(code: ErrorCode): void {
    this.output.onState({ kind: 'failed', problem: problem(code) });
  }

  say(text: string): void {
    this.output.onCaption({ id: '1', text, final: true });
    this.output.onSpeech(Int16Array.of(text.length));
  }
}

/** An engine that makes actors. */
class Troupe implements InterpreterEngine {
  readonly name: InterpreterEngine['name'];
  readonly rough: boolean;
  readonly pairs: InterpreterEngine['pairs'];
  readonly actors: Actor[] = [];
  /** What its trials come to; undefined: there is nobody to ask. */
  answer: Trial = { kind: 'accepted' };
  trials = 0;

  constructor({ name, to }: { name: InterpreterEngine['name']; to: readonly string[] }) {
    this.name = name;
    this.rough = name === 'offline';
    this.pairs = [{ from: 'en', to }];
  }

  create(request: InterpreterRequest): Interpreter {
    const actor = new Actor(request);
    this.actors.push(actor);
    return actor;
  }

  tryOut(): Promise<Trial> {
    this.trials++;
    return Promise.resolve(this.answer);
  }

  stop(): Promise<void> {
    return Promise.resolve();
  }

  get newest(): Actor {
    const actor = this.actors.at(-1);
    if (!actor) throw new Error(`${this.name} was not asked.`);
    return actor;
  }
}

/** A ladder of a large model (Spanish, French) above the box's programs (Spanish), and who listens to it. */
export class Stage {
  readonly model = new Troupe({ name: 'openai', to: ['es', 'fr'] });
  readonly box = new Troupe({ name: 'offline', to: ['es'] });
  readonly ladder: Ladder;
  readonly states: InterpreterState[] = [];
  readonly captions: InterpreterCaption[] = [];
  readonly said: number[] = [];
  spentUsd = 0;

  constructor() {
    const log = silentLog();
    const rungs = [this.model, this.box].map((engine) => new Rung({ engine, timing: LADDER_TIMING, log }));
    this.ladder = new Ladder({ name: 'openai', rungs, unable: () => UNABLE, timing: LADDER_TIMING });
  }

  open(to = 'es', captionSource = false): Interpreter {
    const interpreter = this.ladder.create({
      from: 'en',
      to,
      captionSource,
      output: {
        onState: (state) => this.states.push(state),
        onCaption: (caption) => this.captions.push(caption),
        onSourceCaption: (caption) => this.captions.push(caption),
        onSpeech: (samples) => this.said.push(samples.length),
        onSpent: (usd) => (this.spentUsd += usd),
      },
    });
    interpreter.start();
    return interpreter;
  }

  get state(): InterpreterState | undefined {
    return this.states.at(-1);
  }

  get texts(): string[] {
    return this.captions.map(({ text }) => text);
  }
}

const samples = { speech: new Int16Array(480).fill(2_000), pause: new Int16Array(480) };

/** So many frames of 20 ms; each is known by its number. */
export function hear(interpreter: Interpreter, what: keyof typeof samples, count: number, from = 0): void {
  for (let at = 0; at < count; at++)
    interpreter.hear({ samples: samples[what], capturedAt: from + at, blank: false, voiced: true });
}
