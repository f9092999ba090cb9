import { once } from 'node:events';
import { OpenAI } from 'openai';
import { OpenAIRealtimeWS } from 'openai/realtime/ws';
import type {
  ConversationItemInputAudioTranscriptionCompletedEvent,
  RealtimeTranscriptionSessionCreateRequest,
} from 'openai/resources/realtime/realtime';
import { afterEach, describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import { RealtimeServer, type RealtimeServerOptions } from './realtime-server.ts';
import { tone } from './speech.ts';

const WANTED: RealtimeTranscriptionSessionCreateRequest = {
  type: 'transcription',
  audio: {
    input: {
      format: { type: 'audio/pcm', rate: 24_000 },
      transcription: { model: 'gpt-live-transcribe', languages: ['en'], keywords: ['Norland'] },
      turn_detection: null,
    },
  },
};

const stops: (() => Promise<void>)[] = [];

async function serve(options: RealtimeServerOptions = {}): Promise<RealtimeServer> {
  const server = new RealtimeServer({ tls: true, lagMs: 20, updateMs: 5, ...options });
  await server.start();
  stops.push(() => server.stop());
  return server;
}

/** The official client. */
async function connect(server: RealtimeServer) {
  const client = new OpenAI({ apiKey: 'sk-test', baseURL: `https://127.0.0.1:${server.port}/v1` });
  const session = await OpenAIRealtimeWS.create(client, {
    intent: 'transcription',
    options: { ca: server.certificate },
  });
  stops.unshift(() => Promise.resolve(session.close()));
  const updated = new Promise<void>((resolve) => session.on('session.updated', () => resolve()));
  session.on('session.created', () => session.send({ type: 'session.update', session: WANTED }));
  await updated;
  const say = (samples: Int16Array): void => {
    for (let at = 0; at < samples.length; at += 4_800) {
      const { buffer, byteOffset, byteLength } = samples.slice(at, at + 4_800);
      const audio = Buffer.from(buffer, byteOffset, byteLength).toString('base64');
      session.send({ type: 'input_audio_buffer.append', audio });
    }
  };
  return { session, say };
}

afterEach(async () => {
  for (const stop of stops.splice(0)) await stop();
});

describe('the transcription session', () => {
  it('tells the official client deltas as it hears, and the whole of what was committed, with its usage', async () => {
    const server = await serve();
    const { session, say } = await connect(server);
    let deltas = '';
    session.on('conversation.item.input_audio_transcription.delta', ({ delta }) => (deltas += delta ?? ''));
    const committed = new Promise<string>((resolve) =>
      session.on('input_audio_buffer.committed', ({ item_id }) => resolve(item_id)),
    );
    const completed = new Promise<ConversationItemInputAudioTranscriptionCompletedEvent>((resolve) =>
      session.on('conversation.item.input_audio_transcription.completed', resolve),
    );
    say(tone(300));
    session.send({ type: 'input_audio_buffer.commit' });
    const { item_id, transcript, usage } = await completed;
    expect(transcript).toBe('The guide says sentence number 1.');
    expect(deltas).toBe(transcript);
    expect(item_id).toBe(await committed);
    expect(usage).toEqual({ type: 'duration', seconds: 2 });
    expect(server.sessions[0]?.updates).toEqual([WANTED]);
  });

  it('may end two items in the other order, and may understand nothing', async () => {
    const server = await serve({ swapped: true });
    const { session, say } = await connect(server);
    const ended: string[] = [];
    const both = new Promise<void>((resolve) =>
      session.on('conversation.item.input_audio_transcription.completed', ({ transcript }) => {
        ended.push(transcript);
        if (ended.length === 2) resolve();
      }),
    );
    for (const _ of [1, 2]) {
      say(tone(300));
      session.send({ type: 'input_audio_buffer.commit' });
    }
    await both;
    expect(ended).toEqual(['The guide says sentence number 2.', 'The guide says sentence number 1.']);

    const deaf = await serve({ unintelligible: true });
    const other = await connect(deaf);
    const failed = new Promise<string | undefined>((resolve) =>
      other.session.on('conversation.item.input_audio_transcription.failed', ({ error }) =>
        resolve(error.code),
      ),
    );
    other.say(tone(300));
    other.session.send({ type: 'input_audio_buffer.commit' });
    expect(await failed).toBe('audio_unintelligible');
  });

  it.each([
    ['keywords with a line end', { transcription: { model: 'gpt-live-transcribe', keywords: ['a\nb'] } }],
    ['keywords with a bracket', { transcription: { model: 'gpt-live-transcribe', keywords: ['<b>'] } }],
    ['an unknown language', { transcription: { model: 'gpt-live-transcribe', languages: ['xx-YY'] } }],
    ['turn detection', { ...WANTED.audio?.input, turn_detection: { type: 'server_vad' } }],
    ['an unknown model', { transcription: { model: 'gpt-nothing' } }],
  ])('refuses a whole update for %s', async (_what, input) => {
    const server = await serve();
    const socket = new WebSocket(`${server.url}?intent=transcription`, {
      headers: { Authorization: 'Bearer sk-test' },
      ca: server.certificate,
    });
    stops.unshift(() => Promise.resolve(socket.terminate()));
    await once(socket, 'open');
    socket.send(
      JSON.stringify({ type: 'session.update', session: { type: 'transcription', audio: { input } } }),
    );
    await server.until(() => (server.sessions[0]?.errors.length ?? 0) > 0);
    expect(server.sessions[0]?.updates).toEqual([]);
  });

  it('refuses to commit less than 100 ms', async () => {
    const server = await serve();
    const { session } = await connect(server);
    session.on('error', () => undefined);
    session.send({ type: 'input_audio_buffer.commit' });
    await server.until(() => server.sessions[0]?.errors[0]?.code === 'input_audio_buffer_commit_empty');
  });
});
