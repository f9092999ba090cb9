import { afterEach, describe, expect, it } from 'vitest';
import { cleanUp, engineFor, humanSpeech, last, listen, marked, PIECE, serve, speak } from './rig.ts';

afterEach(cleanUp);

/** US dollars for so many samples at so many a minute. */
const minutes = (samples: number, usd: number): number => (samples / 24_000 / 60) * usd;

describe('what an OpenAI interpreter spends', () => {
  it('is told by the minute of audio that the translation session was sent', async () => {
    const server = await serve();
    const { ear, interpreter } = listen(engineFor(server.url));
    speak(interpreter, marked(0, 50 * PIECE));
    await server.until(() => server.sessions[0]?.receivedSamples === 50 * PIECE);
    expect(ear.spentUsd).toBeCloseTo(minutes(50 * PIECE, 0.034), 8);
  });

  it('is more by the half while the guide’s own words are captioned', async () => {
    const server = await serve();
    const { ear, interpreter } = listen(engineFor(server.url), { captionSource: true });
    await ear.untilState('live');
    speak(interpreter, marked(0, 10 * PIECE));
    await server.until(() => server.sessions[0]?.receivedSamples === 10 * PIECE);
    interpreter.captionSource(false);
    speak(interpreter, marked(0, 10 * PIECE));
    await server.until(() => server.sessions[0]?.receivedSamples === 20 * PIECE);
    expect(ear.spentUsd).toBeCloseTo(minutes(10 * PIECE, 0.051) + minutes(10 * PIECE, 0.034), 8);
  });

  it('counts speech that is sent again after a loss: it is paid twice', async () => {
    const server = await serve();
    const { ear, interpreter } = listen(engineFor(server.url, { timing: { replayMs: 1_000 } }));
    await ear.untilState('live');
    speak(interpreter, marked(0, 20 * PIECE));
    await server.until(() => server.sessions[0]?.receivedSamples === 20 * PIECE);
    last(server).drop();
    await server.until(() => server.sessions.length === 2 && last(server).receivedSamples >= 5 * PIECE);
    const received = server.sessions.reduce((sum, { receivedSamples }) => sum + receivedSamples, 0);
    expect(received).toBeGreaterThan(20 * PIECE);
    expect(ear.spentUsd).toBeCloseTo(minutes(received, 0.034), 8);
  });

  it('is told by the tokens of each answer in the conversation session', async () => {
    const server = await serve();
    const engine = engineFor(server.url, { dialect: 'conversation' });
    const { ear, interpreter } = listen(engine);
    await ear.untilState('live');
    speak(interpreter, await humanSpeech());
    await ear.until(() => ear.spentUsd > 0);
    // 52 text, 172 audio, 128 and 128 cached in; 20 text and 160 audio out: prices.ts, USAGE of the stand-in.
    const answer = (52 * 4 + 128 * 0.4 + 172 * 32 + 128 * 0.4 + 20 * 24 + 160 * 64) / 1e6;
    expect(ear.spentUsd / answer).toBeCloseTo(Math.round(ear.spentUsd / answer), 6);
    expect(ear.spentUsd).toBeGreaterThanOrEqual(answer * 0.999);
  });

  it('is nothing on a server that asks for no key', async () => {
    const server = await serve({ apiKey: null });
    const { ear, interpreter } = listen(engineFor(server.url, { apiKey: undefined }));
    speak(interpreter, marked(0, 10 * PIECE));
    await server.until(() => server.sessions[0]?.receivedSamples === 10 * PIECE);
    expect(ear.spentUsd).toBe(0);
  });

  it('takes a model it does not know for the dearest one', async () => {
    const server = await serve();
    const { ear, interpreter } = listen(engineFor(`${server.url}?model=gpt-realtime-translate-9`));
    speak(interpreter, marked(0, 10 * PIECE));
    await server.until(() => server.sessions[0]?.receivedSamples === 10 * PIECE);
    expect(ear.spentUsd).toBeCloseTo(minutes(10 * PIECE, 0.034), 8);
  });
});
