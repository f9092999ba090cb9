import { chmodSync, existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import type { Interpreter, InterpreterRequest } from '../../../appliance/interpreter/interpreter.ts';
import { OfflineEngine } from '../../../appliance/interpreter/offline/offline-engine.ts';
import { silentLog } from '../../../appliance/log.ts';
import { clip, roomNoise, say } from './clips.ts';
import { Heard } from './heard.ts';
import { children, childrenNamed, killNamed } from './processes.ts';

const PAUSE = roomNoise(0.8);
/** `stopMs`: longer than a busy machine takes for a sentence. */
const FAST_RETRY = { firstRetryMs: 50, lastRetryMs: 200, stopMs: 15_000 };
const engines: OfflineEngine[] = [];

function engineWith(options: Partial<ConstructorParameters<typeof OfflineEngine>[0]> = {}): OfflineEngine {
  const engine = new OfflineEngine({ log: silentLog(), timing: FAST_RETRY, ...options });
  engines.push(engine);
  return engine;
}

function interpret(
  engine: OfflineEngine,
  to: string,
  request: Partial<InterpreterRequest> = {},
): { interpreter: Interpreter; heard: Heard } {
  const heard = new Heard();
  const interpreter = engine.create({ from: 'en', to, output: heard, captionSource: false, ...request });
  interpreter.start();
  return { interpreter, heard };
}

async function spoken(heard: Heard, sentences: number): Promise<void> {
  await heard.until(() => heard.captions.length >= sentences, `${sentences} sentences`);
  await heard.until(() => heard.speech.length > 0, 'speech');
}

afterEach(async () => {
  await Promise.all(engines.splice(0).map((engine) => engine.stop()));
  expect(children()).toEqual([]);
});

describe('the offline engine', () => {
  it('turns spoken English into Spanish captions and speech, and captions the guide', async () => {
    const { interpreter, heard } = interpret(engineWith(), 'es', { captionSource: true });
    say([interpreter], roomNoise(0.5), clip('0890'), PAUSE, clip('0920'), PAUSE);
    await spoken(heard, 2);
    await interpreter.stop();
    expect(heard.source.map(({ text }) => text).join(' ')).toMatch(/selfish.*\. .*woman.*\./);
    expect(heard.text).toMatch(/fr[íi]o.*egoísta.*mujer/);
    expect(heard.text).not.toMatch(/[*#@~]/);
    expect(heard.captions.every(({ text, final }) => final && /^\p{Lu}.*\.$/u.test(text))).toBe(true);
    expect(new Set(heard.captions.map(({ id }) => id)).size).toBe(heard.captions.length);
    expect(heard.seconds).toBeGreaterThan(4);
    expect(heard.loudness).toBeGreaterThan(-35);
    expect(heard.states.map(({ kind }) => kind)).toEqual(['connecting', 'live', 'stopped']);
  });

  it('makes Spanish and Catalan of what it recognised once', async () => {
    const engine = engineWith();
    const es = interpret(engine, 'es', { captionSource: true });
    const ca = interpret(engine, 'ca');
    const both = [es.interpreter, ca.interpreter];
    await es.heard.until(() => es.heard.state === 'live', 'Spanish live');
    expect(childrenNamed('pocketsphinx_batch')).toHaveLength(1);
    say(both, roomNoise(0.5), clip('0920'), PAUSE);
    await Promise.all([spoken(es.heard, 1), spoken(ca.heard, 1)]);
    expect(es.heard.text).toMatch(/mujer/);
    expect(ca.heard.text).toMatch(/dona/);
    expect(ca.heard.source).toEqual([]);

    // The second takes over in the middle of a sentence.
    const half = clip('0890');
    say(both, half.subarray(0, 24_000 * 3));
    const stopped = es.interpreter.stop();
    ca.interpreter.captionSource(true);
    say([ca.interpreter], half.subarray(24_000 * 3), PAUSE);
    await Promise.all([spoken(ca.heard, 2), stopped]);
    const source = [...es.heard.source, ...ca.heard.source].map(({ text }) => text);
    // Whoever captions it: once.
    expect(source.join(' ').match(/selfish/g)).toHaveLength(1);
    expect(es.heard.text).toMatch(/egoísta/);
  });

  it('writes down English for who reads it, also beside interpreters, each sentence once', async () => {
    const engine = engineWith();
    const reader = new Heard();
    const transcriber = engine.transcribe({ language: 'en-GB', keywords: [], output: reader, tour: '' });
    transcriber.start();
    say([transcriber], roomNoise(0.5), clip('0890'), PAUSE);
    await reader.until(() => reader.source.length > 0, 'a line');
    const es = interpret(engine, 'es');
    say([transcriber, es.interpreter], clip('0920'), PAUSE);
    es.interpreter.captionSource(true);
    await transcriber.stop();
    await spoken(es.heard, 1);
    const lines = [...reader.source, ...es.heard.source].map(({ text }) => text).join(' ');
    expect(lines).toMatch(/selfish.*woman/);
    expect(lines.match(/woman/g)).toHaveLength(1);
    expect(reader.captions).toEqual([]);
    expect(reader.states.map(({ kind }) => kind)).toEqual(['connecting', 'live', 'stopped']);
  });

  it('says of another language that nobody can read along in it', () => {
    const reader = new Heard();
    engineWith().transcribe({ language: 'de', keywords: [], output: reader }).start();
    expect(reader.states[0]).toMatchObject({ problem: { code: 'interpreter_language_unsupported' } });
  });

  it('does not mix what two tours say', async () => {
    const engine = engineWith();
    const one = interpret(engine, 'es', { tour: 'one' });
    const two = interpret(engine, 'es', { tour: 'two' });
    say([one.interpreter], roomNoise(0.5), clip('0930'), PAUSE);
    say([two.interpreter], roomNoise(0.5), clip('0920'), PAUSE);
    await Promise.all([spoken(one.heard, 1), spoken(two.heard, 1)]);
    expect(one.heard.text).not.toMatch(/mujer/);
    expect(two.heard.text).toMatch(/mujer/);
  });

  it('lets a sentence under way come out when it stops', async () => {
    const { interpreter, heard } = interpret(engineWith(), 'es');
    say([interpreter], roomNoise(0.5), clip('0920'));
    await interpreter.stop();
    expect(heard.text).toMatch(/mujer/);
    expect(heard.seconds).toBeGreaterThan(1);
  });

  it('stops at once while its programs still load', async () => {
    const { interpreter, heard } = interpret(engineWith(), 'ca');
    await interpreter.stop();
    expect(heard.states.map(({ kind }) => kind)).toEqual(['connecting', 'stopped']);
  });

  it('says nothing when nobody speaks', async () => {
    const { interpreter, heard } = interpret(engineWith(), 'es', { captionSource: true });
    say([interpreter], roomNoise(5), new Int16Array(24_000 * 5));
    await heard.until(() => heard.state === 'live', 'live');
    await interpreter.stop();
    expect([heard.captions, heard.source, heard.speech]).toEqual([[], [], []]);
  });

  for (const program of ['pocketsphinx_batch', 'apertium-transfer']) {
    it(`starts ${program} again when it is killed, and loses nothing`, async () => {
      const { interpreter, heard } = interpret(engineWith(), 'es');
      await heard.until(() => heard.state === 'live', 'live');
      killNamed(program);
      await heard.until(() => heard.state === 'reconnecting', 'reconnecting');
      say([interpreter], roomNoise(0.5), clip('0920'), PAUSE);
      await spoken(heard, 1);
      expect(heard.text).toMatch(/mujer/);
      expect(heard.state).toBe('live');
      expect(heard.states.find(({ kind }) => kind === 'reconnecting')).toMatchObject({
        problem: { code: 'interpreter_failed' },
        attempt: 1,
      });
    });
  }

  it('asks a recogniser that hangs in the middle of a sentence no longer, but another', async () => {
    const timing = { ...FAST_RETRY, answerMs: 2_000, answerMsPerSecond: 1_000 };
    const { interpreter, heard } = interpret(engineWith({ timing }), 'es');
    await heard.until(() => heard.state === 'live', 'live');
    const [pid] = childrenNamed('pocketsphinx_batch');
    process.kill(pid!, 'SIGSTOP');
    say([interpreter], roomNoise(0.5), clip('0930'), PAUSE);
    await spoken(heard, 1);
    expect(heard.states.map(({ kind }) => kind)).toContain('reconnecting');
  });

  it('speaks a sentence again when espeak-ng crashes', async () => {
    const directory = mkdtempSync(join(tmpdir(), 'ubizo-test-'));
    try {
      const espeak = join(directory, 'espeak-ng');
      writeFileSync(
        espeak,
        `#!/bin/sh\ncase "$*" in *--voices*) exec espeak-ng --voices;; esac\nmkdir "$0.crashed" 2>/dev/null && kill -KILL $$\nexec espeak-ng "$@"\n`,
      );
      chmodSync(espeak, 0o755);
      const { interpreter, heard } = interpret(engineWith({ programs: { espeak } }), 'es');
      say([interpreter], roomNoise(0.5), clip('0920'), PAUSE);
      await spoken(heard, 1);
      expect(existsSync(`${espeak}.crashed`)).toBe(true);
      expect(heard.seconds).toBeGreaterThan(1);
    } finally {
      rmSync(directory, { recursive: true });
    }
  });
});

describe('what the offline engine can do', () => {
  it('offers Spanish and Catalan from English', () => {
    const engine = engineWith();
    expect(engine.pairs).toEqual([{ from: 'en', to: ['es', 'ca'] }]);
    expect(engine.problem).toBeUndefined();
  });

  it('names the packages that are missing', () => {
    const engine = engineWith({
      programs: { pocketsphinx: 'no-such-program', modes: '/no/such/modes', espeak: 'no-such-voice' },
    });
    expect(engine.pairs).toEqual([]);
    expect(engine.problem?.code).toBe('interpreter_program_missing');
    expect(engine.problem?.message).toContain(
      'apt-get install pocketsphinx espeak-ng apertium-eng-spa apertium-eng-cat',
    );
    const { heard } = interpret(engine, 'es');
    expect(heard.states).toEqual([{ kind: 'failed', problem: engine.problem }]);
  });

  it('refuses a language it cannot make', async () => {
    const { interpreter, heard } = interpret(engineWith(), 'ja');
    expect(heard.states).toMatchObject([
      { kind: 'failed', problem: { code: 'interpreter_language_unsupported' } },
    ]);
    await interpreter.stop();
    expect(heard.state).toBe('stopped');
  });

  it('refuses a guide who does not speak English', () => {
    const { heard } = interpret(engineWith(), 'ca', { from: 'de' });
    expect(heard.state).toBe('failed');
  });
});
