import { EventEmitter, once } from 'node:events';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { InterpretedChannel } from '../../appliance/channel/interpreted-channel.ts';
import { Floor } from '../../appliance/floor/floor.ts';
import { Engines } from '../../appliance/interpreter/engines.ts';
import { silentLog } from '../../appliance/log.ts';
import { InterpretedVoice } from '../../appliance/talkback/interpreted-voice.ts';
import type { Spoken } from '../../appliance/talkback/question-words.ts';
import { Talkback } from '../../appliance/talkback/talkback.ts';
import { FrameLog, strength, tone } from '../channel/frame-log.ts';
import { RealtimeServer } from '../realtime-server/realtime-server.ts';

const VISITOR = 700;
const MODEL = 1_700;
const FRAME = 480;
const JAPANESE = { attendee: 'Ai', language: 'ja', to: 'guide' } as const;
const SPANISH = { attendee: 'Eva', language: 'es', to: 'guide' } as const;
const ENGLISH = { attendee: 'Tom', language: 'en-GB', to: 'guide' } as const;

let server: RealtimeServer;
let engines: Engines;
let talkback: Talkback;
let log: FrameLog;
let capped: boolean;
let spent: number;
let spoken: Spoken[];
let changes: EventEmitter;

beforeEach(async () => {
  capped = false;
  spent = 0;
  spoken = [];
  changes = new EventEmitter();
  server = new RealtimeServer({ lagMs: 10, paceMs: 2, updateMs: 5, tone: () => MODEL });
  await server.start();
  engines = new Engines({
    settings: { interpreter: 'openai', openaiUrl: server.url, openaiApiKey: 'sk-test' },
    savedKey: () => undefined,
    log: silentLog(),
  });
  engines.start();
  talkback = guidedBy({ idleMs: 20_000 });
});

afterEach(async () => {
  await talkback.stop();
  await engines.stop();
  await server.stop();
});

const fail = (error: unknown): void => {
  throw error;
};

function guidedBy({ idleMs }: { idleMs: number }): Talkback {
  const floor = new Floor({ gated: false, onListenerError: fail });
  const channel = new InterpretedChannel({
    language: 'en',
    floor,
    underlay: () => 'quiet',
    onState: () => undefined,
    onSinkError: fail,
  });
  log = new FrameLog();
  channel.subscribe(log);
  const made = new Talkback({
    language: 'en',
    timing: { idleMs, quietMs: 300, hurriedMs: 300, latestMs: 3_000 },
    onSpoken: (each) => {
      spoken.push(each);
      changes.emit('change');
    },
    createVoice: (words) =>
      new InterpretedVoice({
        ear: 'a tour',
        path: { floor, channel },
        interpreting: () => (capped ? engines.unpaid : engines.chosen),
        glossary: () => [],
        words: { ...words, transcribing: () => engines.transcribing({ unpaid: capped }) },
        onSpent: (usd) => {
          spent += usd;
        },
      }),
  });
  made.start();
  return made;
}

/** One second, as fast as it can be said. */
function say(): void {
  const second = tone(VISITOR, 1_000);
  for (let at = 0; at < second.length; at += FRAME)
    talkback.hear(second.subarray(at, at + FRAME), performance.now());
}

async function heard(hz: number, atLeast: number): Promise<void> {
  for (let frames = 1; strength(log.sound(-16), hz) < atLeast; frames = log.frames.length + 1)
    await log.received(frames);
}

/** While somebody goes on talking. */
async function heardAsTheyAre(): Promise<void> {
  say();
  const talking = setInterval(say, 500);
  await heard(VISITOR, 0.2);
  clearInterval(talking);
}

async function untilSpoken(count: number): Promise<void> {
  while (spoken.length < count) await once(changes, 'change');
}

test('a question is heard in the guide’s language, written down in both, and paid for', async () => {
  talkback.turn({ ...JAPANESE });
  say();
  talkback.turn(undefined);
  await Promise.all([heard(MODEL, 0.05), untilSpoken(1)]);
  expect(spoken).toEqual([
    {
      ...JAPANESE,
      original: 'The guide says sentence number 1.',
      text: 'Good morning. This is sentence number 1.',
    },
  ]);
  expect(spent).toBeGreaterThan(0);
  // The question and the silence after it, and nothing twice.
  const { receivedSamples } = server.sessionsFor('en')[0]!;
  expect(receivedSamples / 24_000).toBeGreaterThanOrEqual(2.4);
});

test('the second that was said while the session opened is not lost', async () => {
  talkback.turn({ ...JAPANESE });
  say();
  expect(server.sessions).toEqual([]);
  talkback.turn(undefined);
  await server.until(() => (server.sessions[0]?.receivedSamples ?? 0) >= 24_000);
  expect(strength(server.sessions[0]!.received.subarray(0, 4_800), VISITOR)).toBeGreaterThan(0.2);
});

test('visitors of several languages ask one after the other through one session', async () => {
  talkback.turn({ ...JAPANESE });
  say();
  talkback.turn(undefined);
  await untilSpoken(1);
  talkback.turn({ ...SPANISH, to: 'all' });
  say();
  talkback.turn(undefined);
  await untilSpoken(2);
  expect(spoken.map(({ attendee, to }) => [attendee, to])).toEqual([
    ['Ai', 'guide'],
    ['Eva', 'all'],
  ]);
  expect(spoken[1]?.text).toContain('number 2');
  expect(server.sessions).toHaveLength(1);
});

test('a session that nobody uses is closed, and the next question opens another', async () => {
  await talkback.stop();
  talkback = guidedBy({ idleMs: 200 });
  talkback.turn({ ...JAPANESE });
  say();
  talkback.turn(undefined);
  await server.until(() => server.sessions[0]?.closedBy === 'session.close');
  expect(talkback.voice.isOpen).toBe(false);
  talkback.turn({ ...JAPANESE });
  say();
  await server.until(() => server.sessions.length === 2);
});

test('who speaks the guide’s language is heard as they are, and written down', async () => {
  talkback.turn({ ...ENGLISH });
  await heardAsTheyAre();
  talkback.turn(undefined);
  await untilSpoken(1);
  expect(spoken[0]).toMatchObject({ attendee: 'Tom' });
  expect(spoken[0]?.text).toBeUndefined();
  expect(spoken[0]?.original).toMatch(/\w/);
  expect(server.sessions.map(({ wire }) => wire.name)).toEqual(['transcription']);
});

test('a tour that has cost what it may opens no paid session, and the guide hears the visitor’s own voice', async () => {
  capped = true;
  talkback.turn({ ...JAPANESE });
  await heardAsTheyAre();
  expect(server.sessions).toEqual([]);
  expect(spent).toBe(0);
});

test('a tour that reaches what it may cost during a question closes the session, and nothing more is paid', async () => {
  talkback.turn({ ...JAPANESE });
  say();
  await server.until(() => (server.sessions[0]?.receivedSamples ?? 0) > 0);
  capped = true;
  say();
  await server.until(() => server.sessions[0]?.open === false);
  say();
  expect(server.sessions).toHaveLength(1);
});
