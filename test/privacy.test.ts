import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { WebSocket } from 'ws';
import { joinAnswer, type JoinAnswer } from '../appliance/protocol/requests.ts';
import { BoxProcess } from './box-process.ts';
import { RealtimeServer } from './realtime-server/realtime-server.ts';

const REHEARSAL = fileURLToPath(new URL('../appliance/microphone/recordings/rehearsal.wav', import.meta.url));
const NAME = 'Zebedäus Quint';
const QUESTION = 'Wo ist Xaverl geblieben?';
const EMAIL = 'zebedaeus.quint@example.org';
const PASSWORD = 'correct horse battery';
const KEY = 'sk-test-0123456789';

let data: string;
let server: RealtimeServer;
let boxes: BoxProcess[];

beforeEach(async () => {
  data = await mkdtemp(join(tmpdir(), 'ubizo-privacy-'));
  server = new RealtimeServer({ apiKey: KEY });
  await server.start();
  boxes = [];
});

afterEach(async () => {
  for (const box of boxes) await box.stop();
  await server.stop();
  await rm(data, { recursive: true, force: true });
});

async function start(): Promise<BoxProcess> {
  const box = await BoxProcess.start(
    {
      UBIZO_DATA: data,
      UBIZO_LOG: 'trace',
      UBIZO_INTERPRETER: 'openai',
      UBIZO_OPENAI_URL: server.url,
      OPENAI_API_KEY: KEY,
      UBIZO_MICROPHONE: `file:${REHEARSAL}#loop`,
    },
    boxes.at(-1)?.guideCookie,
  );
  boxes.push(box);
  return box;
}

/** What a page reads until a sentence is final; then it is closed. */
async function read(box: BoxProcess, { events }: JoinAnswer): Promise<string[]> {
  const page = new WebSocket(box.url.replace('http', 'ws') + events);
  const texts = await new Promise<string[]>((resolve) => {
    const read: string[] = [];
    page.on('message', (message: Buffer) => {
      const event = JSON.parse(message.toString()) as { type: string; text?: string; final?: boolean };
      if (event.type !== 'caption' || event.text === undefined) return;
      read.push(event.text);
      if (event.final && read.some((text) => /\d/.test(text))) resolve(read);
    });
  });
  page.send(JSON.stringify({ type: 'language', language: 'nonsense', name: NAME }));
  page.close();
  return texts;
}

test(
  'no name, nothing that was said and no key is ever logged, whatever happens',
  { timeout: 90_000 },
  async () => {
    const box = await start();
    const tour = (await (
      await box.call('/api/tours', {
        method: 'POST',
        body: { name: 'Old town', floorLanguage: 'en', languages: ['es'] },
      })
    ).json()) as { id: string; code: string };
    await box.call(`/api/tours/${tour.id}/start`, { method: 'POST' });
    const visitor = { code: tour.code, language: 'es', name: NAME };
    const joined = joinAnswer.parse(
      await (await box.call('/api/join', { method: 'POST', body: visitor })).json(),
    );
    const said = await read(box, joined);
    expect(said.join(' ')).toContain('frase');
    const exported = await (await box.call(`/api/tours/${tour.id}/transcripts/es?format=srt`)).text();
    expect(exported).toContain('frase');

    const question = { text: QUESTION, urgent: false };
    const asks = (body: unknown): Promise<Response> =>
      fetch(`${box.url}/api/visits/${tour.id}/questions`, {
        method: 'POST',
        headers: { authorization: `Bearer ${joined.token}`, 'content-type': 'application/json' },
        body: JSON.stringify(body),
      });
    expect((await asks(question)).status).toBe(201);
    expect((await asks(question)).status).toBe(409);
    await asks({ ...question, urgent: QUESTION });
    await box.call(`/api/tours/${tour.id}/chat`, { method: 'POST', body: { text: QUESTION, pinned: true } });

    // What goes wrong is logged with its reason, and reasons like to quote.
    await box.call('/api/join', { method: 'POST', body: { ...visitor, language: 7 } });
    await box.call('/api/join', { method: 'POST', body: `${NAME} {` });
    await box.call(`/whep/${tour.id}`, { method: 'POST', body: NAME });
    await box.kill();
    await writeFile(join(data, 'state.json'), `{"name":"${NAME}","openaiKey":"${KEY}"`);
    const transcript = join(data, 'transcripts', tour.id, 'es.jsonl');
    await writeFile(transcript, `{"id":"1","text":"${said[0]}`, { flag: 'a' });
    const again = await start();
    await read(again, joined);
    await again.call(`/api/tours/${tour.id}/transcripts`, { method: 'DELETE' });
    await again.call(`/api/tours/${tour.id}`, { method: 'DELETE' });

    const person = { email: EMAIL, password: PASSWORD, role: 'guide', setupCode: 'SETUP234' };
    expect((await again.call('/api/claim', { method: 'POST', body: person })).status).toBe(201);
    for (const wrong of [
      { role: 'owner' },
      { password: `${PASSWORD}!` },
      { email: `${EMAIL}@` },
      { setupCode: 7 },
    ])
      await again.call('/api/sign-in', { method: 'POST', body: { ...person, ...wrong } });

    const log = boxes.map((each) => each.said).join('\n');
    expect(log, 'it does log').toContain('"msg":"ready"');
    expect(log).toContain('broken state file put aside');
    const secrets = [
      NAME,
      'Zebed',
      'Xaverl',
      'frase',
      ...said.map((text) => text.slice(0, 12)).filter((text) => text.length >= 6),
      EMAIL,
      PASSWORD,
      KEY,
      joined.token,
      joined.token.split('.')[1] ?? '',
      box.guideCookie.split('=')[1] ?? '',
    ];
    for (const secret of secrets) expect(log.includes(secret), secret).toBe(false);
  },
);
