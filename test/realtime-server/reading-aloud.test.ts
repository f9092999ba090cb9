import { OpenAI } from 'openai';
import { OpenAIRealtimeWS } from 'openai/realtime/ws';
import { afterEach, expect, test } from 'vitest';
import { RealtimeServer } from './realtime-server.ts';

let server: RealtimeServer | undefined;

afterEach(() => server?.stop());

test('reads texts out of band to the official client, two at once, word for word unless it is to reword', async () => {
  server = new RealtimeServer({ tls: true, lagMs: 5, paceMs: 1, tone: () => 440 });
  await server.start();
  const client = new OpenAI({ apiKey: 'sk-test', baseURL: `https://127.0.0.1:${server.port}/v1` });
  const session = await OpenAIRealtimeWS.create(client, {
    model: 'gpt-realtime-2.1-mini',
    options: { ca: server.certificate },
  });
  session.on('error', (error) => expect.unreachable(error.message));
  const said: Record<string, string> = {};
  const bytes: Record<string, number> = {};
  const named: Record<string, string | undefined> = {};
  const ends: unknown[] = [];
  let onEnd: (() => void) | undefined;
  session.on('response.created', ({ response: { id = '', metadata } }) => {
    named[id] = metadata?.['reading'];
  });
  session.on('response.output_audio.delta', ({ response_id: id, delta }) => {
    bytes[id] = (bytes[id] ?? 0) + Buffer.byteLength(delta, 'base64');
  });
  session.on('response.output_audio_transcript.done', ({ response_id: id, transcript }) => {
    said[id] = transcript;
  });
  session.on('response.done', ({ response }) => {
    ends.push(response.status);
    onEnd?.();
  });
  const ended = (count: number): Promise<void> =>
    new Promise((resolve) => {
      onEnd = () => ends.length === count && resolve();
    });
  const read = (reading: string, language: string, text: string): void =>
    session.send({
      type: 'response.create',
      response: {
        conversation: 'none',
        output_modalities: ['audio'],
        instructions: `Read the text aloud in ${language}, word for word.`,
        metadata: { reading },
        input: [{ type: 'message', role: 'user', content: [{ type: 'input_text', text }] }],
      },
    });
  await session.emitted('session.created');
  const both = ended(2);
  read('a', 'Italian', 'Dove siamo?');
  read('b', 'French', 'Où sommes-nous ?');
  await both;
  expect(said).toEqual({ resp_read_1: 'Dove siamo?', resp_read_2: 'Où sommes-nous ?' });
  expect(named).toEqual({ resp_read_1: 'a', resp_read_2: 'b' });
  expect(bytes).toEqual({ resp_read_1: 1.2 * 48_000, resp_read_2: 1.2 * 48_000 });

  server.reword((text) => `Certo! ${text}`);
  const third = ended(3);
  read('c', 'Italian', 'Dove siamo?');
  await third;
  expect(said['resp_read_3']).toBe('Certo! Dove siamo?');
  server.breakOff({ status: 'failed', error: { type: 'server_error' } });
  const fourth = ended(4);
  read('d', 'Italian', 'Dove siamo?');
  await fourth;
  expect(ends).toEqual(['completed', 'completed', 'completed', 'failed']);
  expect(server.readings.map(({ language }) => language)).toEqual(['it', 'fr', 'it', 'it']);
  session.close();
});
