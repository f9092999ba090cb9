import { once } from 'node:events';
import { OpenAI } from 'openai';
import { OpenAIRealtimeTranslationWS } from 'openai/realtime/translations/ws';
import { OpenAIRealtimeWS } from 'openai/realtime/ws';
import { afterEach, describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import { RealtimeServer, type RealtimeServerOptions } from './realtime-server.ts';
import { sentenceIn } from './sentences.ts';
import { tone } from './speech.ts';

const MODEL = 'gpt-realtime-translate';
const stops: (() => Promise<void>)[] = [];

async function serve(options: RealtimeServerOptions = {}): Promise<RealtimeServer> {
  const server = new RealtimeServer({ lagMs: 20, paceMs: 5, updateMs: 20, ...options });
  await server.start();
  stops.push(() => server.stop());
  return server;
}

/** A client made by hand, for what the official one would not send. */
async function connect(server: RealtimeServer, path = `/translations?model=${MODEL}`) {
  const socket = new WebSocket(`${server.url}${path}`, { headers: { Authorization: 'Bearer sk-test' } });
  const events: { type: string; [field: string]: unknown }[] = [];
  const arrivals: ((type: string) => void)[] = [];
  socket.on('message', (data: Buffer) => {
    const event = JSON.parse(data.toString()) as { type: string };
    events.push(event);
    for (const arrival of arrivals) arrival(event.type);
  });
  const next = (type: string) =>
    new Promise<Record<string, unknown>>((resolve) => {
      arrivals.push((arrived) => {
        if (arrived === type) resolve(events.at(-1) ?? {});
      });
    });
  const created = next('session.created');
  await once(socket, 'open');
  await created;
  return { socket, events, next, send: (event: unknown) => socket.send(JSON.stringify(event)) };
}

function appendOf(samples: Int16Array, type = 'session.input_audio_buffer.append') {
  return {
    type,
    audio: Buffer.from(samples.buffer, samples.byteOffset, samples.byteLength).toString('base64'),
  };
}

afterEach(async () => {
  for (const stop of stops.splice(0)) await stop();
});

describe('the realtime server', () => {
  it('serves the official client of the openai package over TLS, to the last word', async () => {
    const server = await serve({ tls: true });
    const client = new OpenAI({ apiKey: 'sk-test', baseURL: `https://127.0.0.1:${server.port}/v1` });
    const session = await OpenAIRealtimeTranslationWS.create(client, {
      model: MODEL,
      options: { ca: server.certificate },
    });
    let heard = '';
    let understood = '';
    let bytes = 0;
    const elapsed: (number | null | undefined)[] = [];
    session.on('session.output_transcript.delta', ({ delta }) => (heard += delta));
    session.on('session.input_transcript.delta', ({ delta }) => (understood += delta));
    session.on('session.output_audio.delta', ({ delta, elapsed_ms }) => {
      bytes += Buffer.byteLength(delta, 'base64');
      elapsed.push(elapsed_ms);
    });
    const created = new Promise<number>((resolve) => {
      session.on('session.created', (event) => resolve(event.session.expires_at));
    });
    const updated = new Promise<string | undefined>((resolve) => {
      session.on('session.updated', (event) => resolve(event.session.audio.output?.language));
    });
    session.on('error', (error) => expect.unreachable(error.message));
    expect(await created).toBeGreaterThan(Date.now() / 1_000 + 3_500);
    session.send({
      type: 'session.update',
      session: {
        audio: { output: { language: 'fr' }, input: { transcription: { model: 'gpt-realtime-whisper' } } },
      },
    });
    expect(await updated).toBe('fr');
    const speech = tone(300);
    for (let at = 0; at < speech.length; at += 4_800) {
      session.send({ ...appendOf(speech.slice(at, at + 4_800)), type: 'session.input_audio_buffer.append' });
    }
    await session.finish({ timeoutMs: 5_000 });

    expect(heard).toBe(sentenceIn('fr', 1));
    expect(understood).toBe('The guide says sentence number 1.');
    expect(bytes % 19_200).toBe(0);
    expect(bytes / 48_000).toBeGreaterThan(1.5);
    expect(elapsed.slice(0, 3)).toEqual([0, 200, 400]);
    expect(server.sessions[0]?.received).toEqual(speech);
    expect(server.sessions[0]?.closedBy).toBe('session.close');
  });

  it.each([
    [{ type: 'session.frobnicate' }, 'invalid_value', 'type'],
    [{ type: 'session.input_audio_buffer.append' }, 'missing_required_parameter', 'audio'],
    [{ type: 'session.input_audio_buffer.append', audio: 'no base64!' }, 'invalid_value', 'audio'],
    [{ type: 'session.input_audio_buffer.append', audio: 'AAAA' }, 'invalid_value', 'audio'],
    [
      { type: 'session.update', session: { audio: { input: { language: 'en' } } } },
      'unknown_parameter',
      'session.audio.input.language',
    ],
    [
      { type: 'session.update', session: { audio: { output: { language: 'nl' } } } },
      'invalid_value',
      'session.audio.output.language',
    ],
  ])('answers %j with an error and goes on', async (event, code, param) => {
    const server = await serve();
    const client = await connect(server);
    const error = client.next('error');
    client.send(event);
    expect(await error).toMatchObject({
      type: 'error',
      error: { code, param, type: 'invalid_request_error' },
    });
    const updated = client.next('session.updated');
    client.send({ type: 'session.update', session: { audio: { output: { language: 'de' } } } });
    await updated;
    client.socket.terminate();
  });

  it.each([
    ['no key', {}, {}, 401, null],
    ['another key', { Authorization: 'Bearer sk-other' }, {}, 401, 'invalid_api_key'],
    ['no credit', { Authorization: 'Bearer sk-test' }, { quota: true }, 429, 'insufficient_quota'],
  ])('refuses an upgrade with %s as OpenAI does', async (_name, headers, faults, status, code) => {
    const server = await serve();
    if ('quota' in faults) server.noQuota('upgrade');
    const socket = new WebSocket(`${server.url}/translations?model=${MODEL}`, { headers });
    const [, response] = (await once(socket, 'unexpected-response')) as [
      unknown,
      NodeJS.ReadableStream & { statusCode: number },
    ];
    let body = '';
    for await (const chunk of response) body += chunk.toString();
    expect(response.statusCode).toBe(status);
    expect(JSON.parse(body)).toMatchObject({ error: { code } });
  });

  it('stays silent in silence, and answers with a tone where asked to', async () => {
    const server = await serve({ tone: () => 440 });
    const client = await connect(server);
    client.send(appendOf(new Int16Array(24_000)));
    client.send(appendOf(tone(300)));
    const closed = client.next('session.closed');
    client.send({ type: 'session.close' });
    await closed;
    expect(server.sessions[0]?.answers).toBe(1);
    const audio = client.events.filter(({ type }) => type === 'session.output_audio.delta');
    const first = Buffer.from(String(audio[0]?.['delta']), 'base64');
    let crossings = 0;
    for (let at = 2; at < first.length; at += 2) {
      if (first.readInt16LE(at - 2) < 0 && first.readInt16LE(at) >= 0) crossings++;
    }
    expect(crossings / 0.4).toBeCloseTo(440, -1);
  });

  it('breaks, stalls and expires on demand', async () => {
    const server = await serve();
    const dropped = await connect(server);
    const droppedClosed = once(dropped.socket, 'close');
    server.dropSocketAfter({ bytes: 9_600 });
    dropped.send(appendOf(new Int16Array(4_800)));
    expect((await droppedClosed)[0]).toBe(1006);
    expect(server.sessions[0]?.closedBy).toBe('drop');

    server.expireIn(0.05);
    const expiring = await connect(server);
    const error = expiring.next('error');
    expect(await error).toMatchObject({ error: { code: 'session_expired' } });
    await once(expiring.socket, 'close');

    server.expireIn(60);
    const stalled = await connect(server);
    server.stall(true);
    stalled.socket.ping();
    let pongs = 0;
    stalled.socket.on('pong', () => pongs++);
    stalled.send({ type: 'session.close' });
    const closed = stalled.next('session.closed');
    expect(pongs).toBe(0);
    server.stall(false);
    await closed;
    expect(pongs).toBe(1);
  });

  it('serves the official client in a conversation too, and says why it breaks off an answer', async () => {
    const server = await serve({ tls: true });
    const client = new OpenAI({ apiKey: 'sk-test', baseURL: `https://127.0.0.1:${server.port}/v1` });
    const session = await OpenAIRealtimeWS.create(client, {
      model: 'gpt-realtime-2.1',
      options: { ca: server.certificate },
    });
    session.on('error', (error) => expect.unreachable(error.message));
    let heard = '';
    session.on('response.output_audio_transcript.delta', ({ delta }) => (heard += delta));
    const understood = session.emitted('conversation.item.input_audio_transcription.completed');
    const finished = session.emitted('response.output_audio_transcript.done');
    const done = session.emitted('response.done');
    await session.emitted('session.created');
    const updated = session.emitted('session.updated');
    session.send({
      type: 'session.update',
      session: {
        type: 'realtime',
        instructions: 'Say it in Italian.',
        audio: { input: { transcription: { model: 'gpt-realtime-whisper' } } },
      },
    });
    await updated;
    const turn = () => {
      session.send({ ...appendOf(tone(300)), type: 'input_audio_buffer.append' });
      session.send({ ...appendOf(new Int16Array(12_000)), type: 'input_audio_buffer.append' });
    };
    turn();
    const { response } = await done;
    expect(response).toMatchObject({ status: 'completed', id: 'resp_1' });
    expect((await finished).transcript).toBe(heard);
    expect((await understood).transcript).toBe('The guide says sentence number 1.');

    server.breakOff({ status: 'incomplete', reason: 'content_filter' });
    const broken = session.emitted('response.done');
    turn();
    expect((await broken).response).toMatchObject({
      id: 'resp_2',
      status: 'incomplete',
      status_details: { type: 'incomplete', reason: 'content_filter' },
    });
    session.close();
  });

  it('speaks the conversation wire too', async () => {
    const server = await serve();
    const client = await connect(server, '?model=gpt-realtime-2.1');
    const updated = client.next('session.updated');
    client.send({
      type: 'session.update',
      session: { type: 'realtime', instructions: 'Say it in Italian.' },
    });
    await updated;
    const done = client.next('response.done');
    client.send(appendOf(tone(300), 'input_audio_buffer.append'));
    client.send(appendOf(new Int16Array(12_000), 'input_audio_buffer.append'));
    await done;
    const words = client.events.filter(({ type }) => type === 'response.output_audio_transcript.delta');
    expect(words.map(({ delta }) => delta).join('')).toBe(sentenceIn('it', 1));
    client.socket.terminate();
  });
});
