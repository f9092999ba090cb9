import { afterEach, describe, expect, it } from 'vitest';
import {
  cleanUp,
  engineFor,
  last,
  listen,
  marked,
  PIECE,
  positionIn,
  serve,
  speak,
  stream,
  stretches,
} from './rig.ts';

afterEach(cleanUp);

describe('an OpenAI interpreter whose connection breaks', () => {
  it('loses no sample, and repeats only what may not have arrived', async () => {
    const server = await serve();
    const { ear, interpreter } = listen(engineFor(server.url));
    await ear.untilState('live');
    const whole = marked(0, 100 * PIECE);
    server.dropSocketAfter({ bytes: 15 * PIECE * 2 });
    const streaming = stream((frame) => speak(interpreter, frame), whole);
    await ear.untilState('reconnecting');
    await ear.untilState('live', 2);
    server.dropSocketAfter({ bytes: 10 * PIECE * 2 });
    await ear.untilState('live', 3);
    await streaming;
    await server.until(
      () => positionIn(whole, last(server).received) + last(server).receivedSamples === whole.length,
    );

    const received = stretches(server, whole);
    expect(received.length).toBe(3);
    expect(received[0]?.[0]).toBe(0);
    expect(received[2]?.[1]).toBe(whole.length);
    for (const [index, [from]] of received.slice(1).entries()) {
      const end = received[index]?.[1] ?? 0;
      expect(from, 'no gap').toBeLessThanOrEqual(end);
      // Unconfirmed: what was sent within a ping interval and a round trip, here a few pieces.
      expect(end - from, 'little twice').toBeLessThanOrEqual(8 * PIECE);
    }
    expect(ear.states.map(({ kind }) => kind)).toEqual([
      'connecting', 'live', 'reconnecting', 'live', 'reconnecting', 'live',
    ]); // prettier-ignore
  });

  it('sends every sample exactly once when all of it was confirmed before the break', async () => {
    const server = await serve();
    const { ear, interpreter } = listen(engineFor(server.url));
    await ear.untilState('live');
    const whole = marked(0, 30 * PIECE);
    speak(interpreter, whole.subarray(0, 12 * PIECE));
    const [first] = server.sessions;
    await server.until(() => first?.receivedSamples === 12 * PIECE);
    // Two pings later their pongs have confirmed it.
    await new Promise((resolve) => setTimeout(resolve, 80));
    server.dropNow();
    await ear.untilState('reconnecting');
    speak(interpreter, whole.subarray(12 * PIECE));
    await server.until(() => last(server).receivedSamples === 18 * PIECE);
    expect(stretches(server, whole)).toEqual([
      [0, 12 * PIECE],
      [12 * PIECE, 30 * PIECE],
    ]);
  });

  it('sends the last seconds again, for their translation was lost with the session', async () => {
    const server = await serve();
    const { ear, interpreter } = listen(engineFor(server.url, { timing: { replayMs: 1_000 } }));
    await ear.untilState('live');
    const whole = marked(0, 30 * PIECE);
    speak(interpreter, whole.subarray(0, 20 * PIECE));
    await server.until(() => last(server).receivedSamples === 20 * PIECE);
    await new Promise((resolve) => setTimeout(resolve, 80));
    server.dropNow();
    await ear.untilState('live', 2);
    // A second break at once must not reach further back.
    server.dropNow();
    await ear.untilState('live', 3);
    speak(interpreter, whole.subarray(20 * PIECE));
    await server.until(() => last(server).receivedSamples === 15 * PIECE);
    expect(stretches(server, whole).at(-1)).toEqual([15 * PIECE, 30 * PIECE]);
  });

  it('notices a server that does not answer, and loses nothing to it', async () => {
    const server = await serve();
    const { ear, interpreter } = listen(engineFor(server.url, { timing: { pongTimeoutMs: 400 } }));
    await ear.untilState('live');
    const whole = marked(0, 20 * PIECE);
    speak(interpreter, whole.subarray(0, 8 * PIECE));
    await server.until(() => last(server).receivedSamples === 8 * PIECE);
    await new Promise((resolve) => setTimeout(resolve, 60));
    server.stall(true);
    speak(interpreter, whole.subarray(8 * PIECE));
    await ear.untilState('reconnecting');
    expect(ear.states.find(({ kind }) => kind === 'reconnecting')).toMatchObject({
      problem: { code: 'interpreter_unreachable', message: expect.stringContaining('does not answer') },
    });
    // What it never read is gone with the connection.
    server.dropNow();
    server.stall(false);
    await ear.untilState('live', 2);
    await server.until(() => (stretches(server, whole).at(-1)?.[1] ?? 0) === whole.length);
    const received = stretches(server, whole);
    expect(received[0]?.[1], 'some was lost on the way').toBeLessThan(20 * PIECE);
    expect(received[1]).toEqual([8 * PIECE, 20 * PIECE]);
  });

  it('keeps the newest speech while it is away, counts the rest and says so', async () => {
    const server = await serve();
    const { ear, interpreter } = listen(
      engineFor(server.url, { timing: { keepMs: 2_000, backoffMaxMs: 200, backoffMs: 200 } }),
    );
    await ear.untilState('live');
    server.unavailable(true);
    server.dropNow();
    await ear.untilState('reconnecting');
    const whole = marked(0, 40 * PIECE);
    speak(interpreter, whole);
    await ear.untilState('reconnecting', 2);
    expect(ear.state).toMatchObject({ problem: { message: expect.stringContaining(' 6 s of speech') } });
    server.unavailable(false);
    await ear.untilState('live', 2);
    await server.until(() => last(server).receivedSamples === 10 * PIECE);
    expect(last(server).received).toEqual(whole.subarray(30 * PIECE));
  });

  it('goes on under the same language with new caption ids', async () => {
    const server = await serve();
    const { ear, interpreter } = listen(engineFor(server.url));
    await ear.untilState('live');
    const utterance = new Int16Array(8 * PIECE);
    utterance.set(marked(0, 4 * PIECE));
    speak(interpreter, utterance);
    await ear.until(() => ear.captions.length > 3);
    server.dropNow();
    await ear.untilState('live', 2);
    expect(ear.captions.at(-1)?.final).toBe(true);
    speak(interpreter, utterance);
    await interpreter.stop();
    const finals = ear.captions.filter(({ final }) => final).map(({ id }) => id);
    expect(new Set(finals).size).toBe(finals.length);
  });
});
