import { afterEach, describe, expect, it } from 'vitest';
import type { Transcriber } from '../../../appliance/interpreter/transcriber.ts';
import { HeardItems } from '../../../appliance/interpreter/openai/heard-items.ts';
import { cleanUp, Ear, engineFor, humanSpeech, last, marked, PIECE, serve, speak } from './rig.ts';

afterEach(cleanUp);

function write(
  engine: ReturnType<typeof engineFor>,
  { language = 'en', keywords = [] }: { language?: string; keywords?: readonly string[] } = {},
): { ear: Ear; transcriber: Transcriber } {
  const ear = new Ear();
  const transcriber = engine.transcribe({ language, keywords, output: ear });
  transcriber.start();
  return { ear, transcriber };
}

const SENTENCE = 'The guide says sentence number';
/** Long enough for a pause, as a microphone in a quiet room delivers it. */
const pause = (): Int16Array => new Int16Array(30_000);

describe('a transcription session of OpenAI', () => {
  it('writes down what the guide says, and commits it when they pause', async () => {
    const server = await serve();
    const { ear, transcriber } = write(engineFor(server.url));
    await ear.untilState('live');
    speak(transcriber, await humanSpeech());
    speak(transcriber, pause());
    await ear.until(() => ear.sourceFinals().length > 0);
    expect(ear.sourceFinals()[0]).toContain(`${SENTENCE} 1.`);
    expect(ear.captions).toEqual([]);
    expect(last(server).transcribing?.commits).toBeGreaterThan(0);
    expect(last(server).errors).toEqual([]);
  });

  it('is asked for in the guide’s language, with the glossary’s terms made fit, without a model in the address', async () => {
    const server = await serve();
    const { ear } = write(engineFor(`${server.url}?model=gpt-other`), {
      language: 'de-AT',
      keywords: ['Norland <Park>', 'Barton\r\nCottage', 'Norland <Park>', ' '],
    });
    await ear.untilState('live');
    expect(server.transcriptions).toHaveLength(1);
    expect(last(server).updates).toEqual([
      {
        type: 'transcription',
        audio: {
          input: {
            format: { type: 'audio/pcm', rate: 24_000 },
            noise_reduction: { type: 'near_field' },
            transcription: {
              model: 'gpt-live-transcribe',
              languages: ['de'],
              keywords: ['Norland Park', 'Barton Cottage'],
            },
            turn_detection: null,
          },
        },
      },
    ]);
  });

  it('costs half of what a translation does, by the minute', async () => {
    const server = await serve();
    const { ear, transcriber } = write(engineFor(server.url));
    speak(transcriber, marked(0, 50 * PIECE));
    await server.until(() => server.sessions[0]?.receivedSamples === 50 * PIECE);
    expect(ear.spentUsd).toBeCloseTo(((50 * PIECE) / 24_000 / 60) * 0.017, 8);
  });

  it('writes in the order of speaking, whichever transcript is ready first', async () => {
    const server = await serve({ swapped: true, finishedTexts: true });
    const { ear, transcriber } = write(engineFor(server.url));
    await ear.untilState('live');
    speak(transcriber, pause());
    for (let sentence = 0; sentence < 4; sentence++) {
      speak(transcriber, marked(sentence * 10_000, 9_600));
      speak(transcriber, pause());
    }
    await ear.until(() => ear.sourceFinals().length >= 4);
    expect(ear.sourceFinals().slice(0, 4)).toEqual([1, 2, 3, 4].map((number) => `${SENTENCE} ${number}.`));
  });

  it('says its last words when it is stopped in the middle of a sentence', async () => {
    const server = await serve({ finishedTexts: true });
    const { ear, transcriber } = write(engineFor(server.url));
    await ear.untilState('live');
    speak(transcriber, marked(0, 2 * PIECE));
    await transcriber.stop();
    expect(ear.sourceFinals()).toEqual([`${SENTENCE} 1.`]);
  });

  it('comes back after a loss, with what was said meanwhile', async () => {
    const server = await serve();
    const { ear, transcriber } = write(engineFor(server.url));
    await ear.untilState('live');
    last(server).drop();
    await ear.untilState('reconnecting');
    speak(transcriber, marked(0, 2 * PIECE));
    speak(transcriber, pause());
    await ear.untilState('live', 2);
    await ear.until(() => ear.sourceFinals().length > 0);
    expect(ear.sourceFinals()).toEqual([`${SENTENCE} 1.`]);
  });

  it('goes on after something that could not be understood', async () => {
    const server = await serve({ unintelligible: true, finishedTexts: true });
    const { ear, transcriber } = write(engineFor(server.url));
    await ear.untilState('live');
    speak(transcriber, pause());
    speak(transcriber, marked(0, 2 * PIECE));
    speak(transcriber, pause());
    await server.until(() => last(server).transcribing?.commits === 1);
    expect(ear.state?.kind).toBe('live');
    expect(ear.sourceFinals()).toEqual([]);
  });

  it('lets the server forget quiet in which nobody spoke', async () => {
    const server = await serve();
    const { ear, transcriber } = write(engineFor(server.url));
    await ear.untilState('live');
    speak(transcriber, new Int16Array(24_000 * 21));
    await server.until(() => (last(server).transcribing?.clears ?? 0) >= 2);
    expect(last(server).transcribing?.commits).toBe(0);
    expect(last(server).errors).toEqual([]);
  });

  it('says that the key is missing, like an interpreter', () => {
    const { ear } = write(engineFor('wss://api.openai.com/v1/realtime', { apiKey: undefined }));
    expect(ear.state).toMatchObject({ kind: 'failed', problem: { code: 'interpreter_key_missing' } });
  });
});

const textOf = (outputs: ReturnType<HeardItems['add']>): string =>
  outputs
    .map((each) => (each.kind === 'source-words' ? each.delta : 'rest' in each ? `${each.rest}|` : ''))
    .join('');

describe('what a transcription session hears', () => {
  it('holds a later item back until the one before it is finished', () => {
    const items = new HeardItems();
    items.begin('a');
    items.begin('b');
    expect(textOf(items.add('b', 'second'))).toBe('');
    expect(textOf(items.finish('b', 'second'))).toBe('');
    expect(textOf(items.add('a', 'fir'))).toBe('fir');
    expect(textOf(items.finish('a', 'first'))).toBe('st|second|');
  });

  it('says nothing twice when a server repeats what is finished', () => {
    const items = new HeardItems();
    expect(textOf(items.finish('a', 'first'))).toBe('first|');
    expect(textOf(items.finish('a', 'first'))).toBe('');
    expect(textOf(items.add('a', 'first'))).toBe('');
  });

  it('does not wait for ever for an item that never ends', () => {
    const items = new HeardItems();
    items.begin('lost');
    const heard = Array.from({ length: 70 }, (_, index) => textOf(items.finish(`item-${index}`, 'x'))).join(
      '',
    );
    expect(heard).toContain('x|');
  });
});
