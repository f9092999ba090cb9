import { afterEach, describe, expect, it } from 'vitest';
import { sentenceIn } from '../../realtime-server/sentences.ts';
import { bytesOf, cleanUp, engineFor, humanSpeech, listen, marked, PIECE, serve, speak } from './rig.ts';

afterEach(cleanUp);

describe('an OpenAI interpreter', () => {
  it('turns human speech into speech and captions of the other language', async () => {
    const server = await serve();
    const { ear, interpreter } = listen(engineFor(server.url), { to: 'fr' });
    await ear.untilState('live');
    const speech = await humanSpeech();
    speak(interpreter, speech);
    await server.until(() => server.sessions[0]?.receivedSamples === speech.length);
    await interpreter.stop();

    const answers = server.sessions[0]?.answers ?? 0;
    expect(answers).toBeGreaterThan(1);
    const said = Array.from({ length: answers }, (_, index) => sentenceIn('fr', index + 1)).join(' ');
    expect(ear.finals().join(' ')).toBe(said);
    expect(ear.finals().length).toBe(2 * answers);
    expect(ear.samples / 24_000).toBeGreaterThan(answers * 1.5);
    const loudest = Math.max(...ear.speech.map((samples) => Math.max(...samples)));
    expect(loudest).toBeGreaterThan(5_000);
    expect(ear.sourceCaptions).toEqual([]);
    expect(ear.states.map(({ kind }) => kind)).toEqual(['connecting', 'live', 'stopped']);
  });

  it('configures its session before anything else, with the primary subtag', async () => {
    const server = await serve();
    const { ear } = listen(engineFor(server.url), { to: 'pt-BR' });
    await ear.untilState('live');
    expect(server.sessions[0]?.updates).toEqual([
      {
        audio: {
          input: { transcription: null, noise_reduction: { type: 'near_field' } },
          output: { language: 'pt' },
        },
      },
    ]);
    expect(server.sessions[0]?.errors).toEqual([]);
  });

  it('sends every sample once, in order, in pieces of exactly 9,600 bytes', async () => {
    const server = await serve();
    const { ear, interpreter } = listen(engineFor(server.url));
    const audio = marked(0, 25 * PIECE);
    speak(interpreter, audio.subarray(0, 10 * PIECE));
    await ear.untilState('live');
    speak(interpreter, audio.subarray(10 * PIECE));
    await server.until(() => server.sessions[0]?.receivedSamples === audio.length);
    expect(server.sessions[0]?.received).toEqual(audio);
    expect(server.sessions[0]?.appends.every(({ bytes }) => bytes === 9_600)).toBe(true);
  });

  it('catches up at four times real time, not all at once', async () => {
    const server = await serve();
    const { interpreter } = listen(engineFor(server.url, { timing: { catchUp: 4 } }));
    speak(interpreter, marked(0, 10 * PIECE));
    await server.until(() => (server.sessions[0]?.appends.length ?? 0) === 10);
    const times = server.sessions[0]?.appends.map(({ at }) => at) ?? [];
    const took = (times[9] ?? 0) - (times[0] ?? 0);
    expect(took).toBeGreaterThan(400);
    expect(took).toBeLessThan(1_000);
  });

  it('sends silence by its own clock when the floor gives no frames, and goes on when it does', async () => {
    const server = await serve();
    const engine = engineFor(server.url, { timing: { silenceAfterMs: 50 } });
    const { ear, interpreter } = listen(engine);
    await ear.untilState('live');
    const before = performance.now();
    await server.until(() => (server.sessions[0]?.appends.length ?? 0) === 4);
    // Two of the four pieces may be silence from before the session was there.
    expect(performance.now() - before).toBeGreaterThan(350);
    expect(server.sessions[0]?.received.every((sample) => sample === 0)).toBe(true);
    const speech = marked(0, 2 * PIECE);
    speak(interpreter, speech);
    await server.until(() => server.sessions[0]?.received.includes(speech.at(-1) ?? 1) ?? false);
    expect(server.sessions[0]?.appends.every(({ bytes }) => bytes === 9_600)).toBe(true);
  });

  it('opens the sessions of a tour one after the other', async () => {
    const server = await serve();
    const engine = engineFor(server.url, { timing: { openingGapMs: 400 } });
    const ears = ['es', 'fr', 'de', 'ja'].map((to) => listen(engine, { to }).ear);
    await Promise.all(ears.map((ear) => ear.untilState('live')));
    const times = server.sessions.map(({ openedAt }) => openedAt);
    expect(times.length).toBe(4);
    for (const [index, at] of times.slice(1).entries()) expect(at - (times[index] ?? 0)).toBeGreaterThan(150);
  });

  it('captions the guide’s own words from when it is asked until it is told not to', async () => {
    const server = await serve();
    const { ear, interpreter } = listen(engineFor(server.url));
    await ear.untilState('live');
    const transcriptions = () =>
      (server.sessions[0]?.updates ?? []).map(
        (update) => (update as { audio: { input: { transcription: unknown } } }).audio.input.transcription,
      );
    const utterance = () => {
      const audio = new Int16Array(8 * PIECE);
      audio.set(marked(0, 4 * PIECE));
      speak(interpreter, audio);
    };
    utterance();
    await ear.until(() => ear.finals().length >= 1);
    interpreter.captionSource(true);
    await server.until(() => transcriptions().length === 2);
    utterance();
    await ear.until(() => ear.sourceCaptions.some(({ text }) => text.includes('number 2')));
    interpreter.captionSource(false);
    expect(ear.sourceFinals()).toEqual(['The guide says sentence number 2.']);
    await server.until(() => transcriptions().length === 3);
    expect(transcriptions()).toEqual([null, { model: 'gpt-realtime-whisper' }, null]);
  });

  it('lets the last words come out when it is stopped, the last incomplete piece included', async () => {
    const server = await serve({ lagMs: 3_000, paceMs: 1_000 });
    const { ear, interpreter } = listen(engineFor(server.url));
    await ear.untilState('live');
    const audio = marked(0, 3 * PIECE + 960);
    speak(interpreter, audio);
    await server.until(() => (server.sessions[0]?.receivedSamples ?? 0) >= PIECE);
    await interpreter.stop();
    expect(server.sessions[0]?.received.subarray(0, audio.length)).toEqual(audio);
    expect(server.sessions[0]?.receivedSamples).toBe(4 * PIECE);
    expect(server.sessions[0]?.closedBy).toBe('session.close');
    expect(ear.finals().join(' ')).toBe(sentenceIn('es', 1));
    expect(ear.states.at(-1)).toEqual({ kind: 'stopped' });
  });

  it('stops in bounded time when the server says no more', async () => {
    const server = await serve();
    const { ear, interpreter } = listen(engineFor(server.url, { timing: { stopMs: 100 } }));
    await ear.untilState('live');
    server.stall(true);
    const before = performance.now();
    await interpreter.stop();
    expect(performance.now() - before).toBeLessThan(600);
    expect(ear.state).toEqual({ kind: 'stopped' });
  });

  it('stops before it ever reached the server', async () => {
    const server = await serve();
    const { ear, interpreter } = listen(engineFor(server.url, { timing: { openingGapMs: 5_000 } }));
    await interpreter.stop();
    await interpreter.stop();
    expect(ear.states.map(({ kind }) => kind)).toEqual(['connecting', 'stopped']);
    expect(server.sessions).toEqual([]);
  });

  it('goes on after an event that it cannot read and after a recoverable error', async () => {
    const server = await serve();
    const { ear, interpreter } = listen(engineFor(server.url));
    await ear.untilState('live');
    server.badJson();
    server.fail({ type: 'server_error', code: null, message: 'Try again.', param: null });
    server.fail({ type: 'server_error', code: null, message: 'Try again.', param: null });
    const audio = new Int16Array(8 * PIECE);
    audio.set(marked(0, 4 * PIECE));
    speak(interpreter, audio);
    await ear.until(() => ear.finals().length > 0);
    expect(ear.states.map(({ kind }) => kind)).toEqual(['connecting', 'live']);
  });

  it.each(['translation', 'conversation'] as const)(
    'hears the same from deltas of odd and of even length, in the %s dialect',
    async (dialect) => {
      const heard = async (deltaBytes: number | undefined): Promise<Buffer> => {
        const server = await serve({ deltaBytes, tone: () => 440 });
        const { ear, interpreter } = listen(engineFor(server.url, { dialect }), { to: 'it' });
        await ear.untilState('live');
        const audio = new Int16Array(8 * PIECE);
        audio.set(marked(0, 4 * PIECE));
        speak(interpreter, audio);
        await ear.until(() => ear.samples >= 24_000);
        await interpreter.stop();
        return Buffer.concat(ear.speech.map(bytesOf));
      };
      const even = await heard(undefined);
      expect((await heard(4_801)).equals(even)).toBe(true);
    },
  );

  it('captions what a server says only once it is finished', async () => {
    const server = await serve({ finishedTexts: true });
    const engine = engineFor(server.url, { dialect: 'conversation' });
    const { ear, interpreter } = listen(engine, { to: 'it', captionSource: true });
    await ear.untilState('live');
    const audio = new Int16Array(8 * PIECE);
    audio.set(marked(0, 4 * PIECE));
    speak(interpreter, audio);
    await ear.until(() => ear.finals().join(' ') === sentenceIn('it', 1));
    expect(ear.sourceFinals()).toEqual(['The guide says sentence number 1.']);
    interpreter.captionSource(false);
    await server.until(() => server.sessions[0]?.updates.length === 2);
    speak(interpreter, audio);
    await ear.until(() => ear.finals().join(' ').endsWith(sentenceIn('it', 2)));
    expect(ear.sourceFinals()).toHaveLength(1);
  });

  it('speaks the conversation dialect with servers that have no other', async () => {
    const server = await serve({ apiKey: null });
    const engine = engineFor(server.url, { dialect: 'conversation', apiKey: undefined });
    const { ear, interpreter } = listen(engine, { to: 'it', captionSource: true });
    await ear.untilState('live');
    expect(server.sessions[0]?.wire.name).toBe('conversation');
    const audio = new Int16Array(8 * PIECE);
    audio.set(marked(0, 4 * PIECE));
    speak(interpreter, audio);
    await ear.until(() => ear.finals().join(' ') === sentenceIn('it', 1));
    expect(ear.sourceFinals()).toEqual(['The guide says sentence number 1.']);
    await interpreter.stop();
    expect(server.sessions[0]?.errors).toEqual([]);
  });
});
