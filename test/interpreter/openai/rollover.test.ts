import { afterEach, describe, expect, it } from 'vitest';
import { cleanUp, engineFor, listen, marked, PIECE, serve, speak, stream, stretches, upTo } from './rig.ts';

afterEach(cleanUp);

describe('an OpenAI interpreter whose session nears its end', () => {
  it('moves to the next session without losing, repeating or reordering anything', async () => {
    const server = await serve({ lagMs: 30, tone: () => 200 });
    server.expireIn(2);
    const engine = engineFor(server.url, { timing: { rolloverLeadMs: 1_500 } });
    const { ear, interpreter } = listen(engine);
    await ear.untilState('live');
    const whole = marked(0, 200 * PIECE);
    await stream((frame) => speak(interpreter, frame), whole);
    await server.until(() => (stretches(server, whole).at(-1)?.[1] ?? 0) === whole.length);
    await interpreter.stop();

    const received = stretches(server, whole);
    expect(received.length).toBeGreaterThan(1);
    expect(received[0]?.[0]).toBe(0);
    for (const [index, [from]] of received.slice(1).entries()) expect(from).toBe(received[index]?.[1]);
    expect(server.sessions.every(({ closedBy }) => closedBy === 'session.close')).toBe(true);
    expect(ear.states.map(({ kind }) => kind)).toEqual(['connecting', 'live', 'stopped']);
    // Each session numbers its answers from 1: in order means that a number is followed by the next, or by 1.
    const numbers = ear
      .finals()
      .flatMap((text) => text.match(/\d+/)?.[0] ?? [])
      .map(Number);
    const expected = server.sessions.flatMap(({ answers }) =>
      Array.from({ length: answers }, (_, index) => index + 1),
    );
    expect(numbers).toEqual(expected);
  });

  it('waits for a pause so as not to cut a word in two', async () => {
    const server = await serve();
    server.expireIn(2);
    const engine = engineFor(server.url, { timing: { rolloverLeadMs: 1_900, switchPatienceMs: 60_000 } });
    const { ear, interpreter } = listen(engine);
    await ear.untilState('live');
    await server.until(() => server.sessions[1]?.updates.length === 1);
    await new Promise((resolve) => setTimeout(resolve, 50));
    server.expireIn(60);
    const whole = new Int16Array(20 * PIECE);
    whole.set(marked(0, 7 * PIECE));
    whole.set(marked(7 * PIECE, 12 * PIECE), 8 * PIECE);
    speak(interpreter, whole);
    await server.until(() => server.sessions[1]?.receivedSamples === 13 * PIECE);
    expect(server.sessions[0]?.receivedSamples).toBe(7 * PIECE);
  });

  it('lets the replaced session finish before the new one is heard', async () => {
    const server = await serve({ lagMs: 150, tone: (language) => (language === 'es' ? 300 : undefined) });
    server.expireIn(2);
    const engine = engineFor(server.url, { timing: { rolloverLeadMs: 1_900, switchPatienceMs: 10_000 } });
    const { ear, interpreter } = listen(engine);
    await ear.untilState('live');
    const utterance = new Int16Array(6 * PIECE);
    utterance.set(marked(0, 3 * PIECE));
    speak(interpreter, utterance);
    await server.until(() => server.sessions.length === 2);
    server.expireIn(60);
    for (let n = 0; n < 6; n++) {
      speak(interpreter, utterance);
      await new Promise((resolve) => setTimeout(resolve, 30));
    }
    await server.until(() => server.sessions[0]?.closedBy === 'session.close');
    await interpreter.stop();
    const numbers = ear
      .finals()
      .flatMap((text) => text.match(/\d+/)?.[0] ?? [])
      .map(Number);
    const [first, second] = server.sessions;
    expect(first?.answers).toBeGreaterThan(0);
    expect(second?.answers).toBeGreaterThan(0);
    expect((first?.answers ?? 0) + (second?.answers ?? 0)).toBe(7);
    expect(numbers).toEqual([...upTo(first?.answers ?? 0), ...upTo(second?.answers ?? 0)]);
  });

  it('does both again when the replaced session breaks before its last words', async () => {
    const server = await serve();
    server.expireIn(2);
    const { ear, interpreter } = listen(engineFor(server.url, { timing: { rolloverLeadMs: 1_800 } }));
    await ear.untilState('live');
    const whole = new Int16Array(16 * PIECE);
    whole.set(marked(0, 12 * PIECE));
    speak(interpreter, whole.subarray(0, 4 * PIECE));
    await server.until(() => server.sessions[1]?.updates.length === 1);
    await new Promise((resolve) => setTimeout(resolve, 60));
    server.expireIn(60);
    server.sessions[0]?.stall(true);
    speak(interpreter, whole.subarray(4 * PIECE));
    await server.until(() => server.sessions[1]?.receivedSamples === 12 * PIECE);
    await new Promise((resolve) => setTimeout(resolve, 60));
    expect(ear.captions, 'the second is held back').toEqual([]);
    server.sessions[0]?.drop();
    await server.until(() => server.sessions[2]?.receivedSamples === 12 * PIECE);
    expect(server.sessions[2]?.received).toEqual(whole.subarray(4 * PIECE));
    await interpreter.stop();
    const numbers = ear
      .finals()
      .flatMap((text) => text.match(/\d+/)?.[0] ?? [])
      .map(Number);
    expect(numbers).toEqual(upTo(server.sessions[2]?.answers ?? 0));
    expect(ear.states.map(({ kind }) => kind)).toEqual([
      'connecting',
      'live',
      'reconnecting',
      'live',
      'stopped',
    ]);
  });

  it('falls back on reconnecting when the server ends a session unannounced', async () => {
    const server = await serve();
    const { ear, interpreter } = listen(engineFor(server.url));
    await ear.untilState('live');
    server.sessions[0]?.end();
    await ear.untilState('live', 2);
    const whole = marked(0, 5 * PIECE);
    speak(interpreter, whole);
    await server.until(() => server.sessions[1]?.receivedSamples === whole.length);
  });

  it('uses the next session at once when the present one breaks while it waits', async () => {
    const server = await serve();
    server.expireIn(2);
    const engine = engineFor(server.url, { timing: { rolloverLeadMs: 1_900, switchPatienceMs: 60_000 } });
    const { ear, interpreter } = listen(engine);
    await ear.untilState('live');
    await server.until(() => server.sessions[1]?.updates.length === 1);
    server.expireIn(60);
    await new Promise((resolve) => setTimeout(resolve, 50));
    const whole = marked(0, 10 * PIECE);
    speak(interpreter, whole.subarray(0, 5 * PIECE));
    await server.until(() => server.sessions[0]?.receivedSamples === 5 * PIECE);
    server.sessions[0]?.drop();
    speak(interpreter, whole.subarray(5 * PIECE));
    await server.until(() => (stretches(server, whole).at(-1)?.[1] ?? 0) === whole.length);
    expect(stretches(server, whole)[1]?.[0]).toBeLessThanOrEqual(5 * PIECE);
    expect(ear.states.map(({ kind }) => kind)).toEqual(['connecting', 'live']);
  });
});
