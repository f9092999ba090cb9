import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { output, ZodMiniType } from 'zod/mini';
import { statusOf } from '../../appliance/http/failures.ts';
import { claimRequest, deviceView, entranceView } from '../../appliance/protocol/accounts.ts';
import { diagnosticsView } from '../../appliance/protocol/diagnostics.ts';
import { boxStateView, checkUpsView, wifiRequest } from '../../appliance/protocol/box-state.ts';
import { ERROR_CODES } from '../../appliance/protocol/errors.ts';
import { attendeeEvent, attendeeMessage, guideMessage } from '../../appliance/protocol/events.ts';
import { guideEvent } from '../../appliance/protocol/guide-events.ts';
import { chatRequest } from '../../appliance/protocol/chat.ts';
import { qualityView } from '../../appliance/protocol/quality-view.ts';
import {
  deskQuestionsAnswer,
  mergeRequest,
  questionRequest,
  replyRequest,
} from '../../appliance/protocol/questions.ts';
import { lastHourView } from '../../appliance/protocol/last-hour.ts';
import { connectionView } from '../../appliance/protocol/recovery.ts';
import { soundCheckView } from '../../appliance/protocol/sound-check.ts';
import {
  errorAnswer,
  joinAnswer,
  type JoinAnswer,
  joinRequest,
  newTourRequest,
  publishingTokenAnswer,
  tourPatch,
} from '../../appliance/protocol/requests.ts';
import {
  boxView,
  tourDeskView,
  type TourDeskView,
  tourView,
  transcriptsView,
} from '../../appliance/protocol/views.ts';
import { claim, cookiesOf } from '../http/guests.ts';
import { type Event, OLD_TOWN, type Page, TestBox } from '../http/test-box.ts';
import { PhoneClient } from '../peer/phone-client.ts';
import { RealtimeServer } from '../realtime-server/realtime-server.ts';
import { allExamples, errorTable, example, namedMetrics } from './document.ts';

const REHEARSAL = fileURLToPath(
  new URL('../../appliance/microphone/recordings/rehearsal.wav', import.meta.url),
);
const FRAGMENT = 'application/trickle-ice-sdpfrag';

let server: RealtimeServer;
let box: TestBox;
let tour: TourDeskView;
let joined: JoinAnswer;
let page: Page;
let desk: Page;
let phone: PhoneClient;
let restart: string;

/** Everything that the page shows, in one box: claimed, a tour live, one visitor who listens in Spanish. */
beforeAll(async () => {
  server = new RealtimeServer();
  await server.start();
  box = await TestBox.start({
    UBIZO_INTERPRETER: 'openai',
    UBIZO_OPENAI_URL: server.url,
    OPENAI_API_KEY: 'sk-test',
    UBIZO_MICROPHONE: `file:${REHEARSAL}#loop`,
  });
  box.cookie = cookiesOf(await claim(box, { name: 'Harbour', spendCapUsd: 12 }));
  tour = await box.createTour({ ...OLD_TOWN, entryCode: 'PLAZA7' });
  const body = { code: tour.code, language: 'es', name: 'Ana', entryCode: 'PLAZA7' };
  joined = joinAnswer.parse(await (await box.call('/api/join', { method: 'POST', body })).json());
  page = box.attendeePage(joined);
  desk = box.guidePage(tour.id);
  await desk.snapshot();
  await box.guide(`/api/tours/${tour.id}/start`, 'POST');
  phone = new PhoneClient({ direction: 'recvonly' });
  await page.event(({ type, final }) => type === 'caption' && final === true);
  await desk.event(({ type, final, language }) => type === 'caption' && final === true && language === 'en');
}, 60_000);

afterAll(async () => {
  await phone.close();
  await box.stop();
  await server.stop();
});

const get = async (path: string, cookie = box.cookie): Promise<unknown> =>
  (await box.call(path, { cookie })).json();

/** `a.b`, `list[].c`: the names in it, whatever stands under them. */
function namesIn(value: unknown, path = ''): string[] {
  if (typeof value !== 'object' || value === null) return [];
  if (Array.isArray(value)) return [...new Set(value.flatMap((each) => namesIn(each, `${path}[]`)))];
  return Object.entries(value).flatMap(([name, each]) => [
    `${path}.${name}`,
    ...namesIn(each, `${path}.${name}`),
  ]);
}

/** An example that is whole: what the schema does not know it would leave out. */
function parsed<T extends ZodMiniType>(text: string, schema: T): output<T> {
  const shown: unknown = JSON.parse(text);
  const known = schema.parse(shown);
  expect(namesIn(known).toSorted()).toEqual(namesIn(shown).toSorted());
  return known;
}

/** Names in the box's answer that the example keeps from its reader. `…` in an example stands for the rest. */
function hidden(text: string, real: unknown): string[] {
  const shown = namesIn(JSON.parse(text));
  const cut = shown.filter((name) => name.endsWith('…')).map((name) => name.slice(0, -1));
  return namesIn(real).filter(
    (name) => !shown.includes(name) && !cut.some((under) => name.startsWith(under)),
  );
}

/** What pages send. */
const ASKED = ['language', 'reading', 'recovery', 'first-sound', 'stats', 'mute', 'vote', 'reaction'];

/** A question that is asked, answered and taken back; a message that comes and goes; a reaction. */
async function converse(): Promise<void> {
  const { token } = joined;
  const [visits, tours] = [`/api/visits/${tour.id}/questions`, `/api/tours/${tour.id}`];
  const asked = await box.call(visits, { method: 'POST', token, body: { text: '¿Cuándo?' } });
  const { id } = (await asked.json()) as { id: string };
  const reply = { method: 'POST', cookie: box.cookie, body: { text: 'At four.' } };
  await desk.event(({ type }) => type === 'question');
  await page.event(({ type }) => type === 'question');
  await box.call(`${tours}/questions/${id}/reply`, reply);
  await box.call(`${visits}/${id}`, { method: 'DELETE', token });
  const posted = await box.call(`${tours}/chat`, {
    method: 'POST',
    cookie: box.cookie,
    body: { text: 'Gate 3.', pinned: true },
  });
  const message = (await posted.json()) as { id: string };
  await page.event(({ type }) => type === 'chat');
  await box.call(`${tours}/chat/${message.id}`, { method: 'DELETE', cookie: box.cookie });
  page.send({ type: 'reaction', reaction: 'clap' });
  for (const each of [page, desk])
    for (const gone of ['question-gone', 'chat-gone']) await each.event(({ type }) => type === gone);
  await desk.event(({ type }) => type === 'reactions');
}

describe('the examples of docs/protocol.md', () => {
  it('name every error code with its status, and no other', () => {
    expect(Object.fromEntries(errorTable())).toEqual(
      Object.fromEntries(ERROR_CODES.map((code) => [code, statusOf({ code, message: '' })])),
    );
  });

  it('tell of an error as the box does', async () => {
    expect(parsed(example('Errors'), errorAnswer)).toEqual(await get('/api/tours/by-code/ZZZZZZ'));
  });

  it('name every metric of the box, and no other', async () => {
    const text = await (await box.call('/metrics')).text();
    const names = [...text.matchAll(/^# TYPE (ubizo_\S+)/gm)].map(([, name = '']) => name);
    expect(namedMetrics()).toEqual(names.toSorted());
    // A figure is nobody's: a label names no tour, no visitor, no door and no place.
    const { code, id, name } = tour;
    for (const secret of [code, id, name, 'Ana', 'PLAZA7', joined.token, '127.0.0.1'])
      expect(text).not.toContain(secret);
  });

  it('show the health of the parts that there are', async () => {
    const healthy = await get('/healthz');
    expect(hidden(example('GET /healthz'), healthy)).toEqual([]);
    expect(namesIn(JSON.parse(example('GET /healthz'))).toSorted()).toEqual(namesIn(healthy).toSorted());
  });

  const answers: [heading: string, place: number, schema: ZodMiniType, real: () => Promise<unknown>][] = [
    ['GET /api/tours/by-code/CODE', 0, tourView, () => get(`/api/tours/by-code/${tour.code}`)],
    ['GET /api/sign-in', 0, entranceView, () => get('/api/sign-in')],
    ['GET /api/device', 0, deviceView, () => get('/api/device')],
    ['GET /api/box`', 0, boxView, () => get('/api/box')],
    ['GET /api/box/state', 0, boxStateView, () => get('/api/box/state')],
    ['GET /api/box/last-hour', 0, lastHourView, () => get('/api/box/last-hour')],
    ['GET /api/diagnostics', 0, diagnosticsView, () => get('/api/diagnostics')],
    ['GET /api/box/check-up', 0, checkUpsView, () => get('/api/box/check-up')],
    ['POST /api/tours`', 1, tourDeskView, () => get(`/api/tours/${tour.id}`)],
    ['GET /api/tours/ID/quality`', 0, qualityView, () => get(`/api/tours/${tour.id}/quality`)],
    ['GET /api/tours/ID/questions`', 0, deskQuestionsAnswer, () => get(`/api/tours/${tour.id}/questions`)],
    ['GET /api/tours/ID/transcripts`', 0, transcriptsView, () => get(`/api/tours/${tour.id}/transcripts`)],
    [
      'GET /api/visits/TOUR/connection',
      0,
      connectionView,
      async () => (await box.call(`/api/visits/${tour.id}/connection`, { token: joined.token })).json(),
    ],
  ];
  it.for(answers)('show all of the answer to %s', async ([heading, place, schema, real]) => {
    parsed(example(heading, place), schema);
    // A tour's own settings stand in an example of their own, and come with time.
    const later =
      /^\.(startedAt|summary.*|entryCode|attendees\[\].*|channels\[\]\.pace.*|tours\[\]\.sessions\[\]\.pace.*|(health|board|breakers|settings)\..*)$/;
    expect(hidden(example(heading, place), await real()).filter((name) => !later.test(name))).toEqual([]);
  });

  it('show all of the answer to a join', () => {
    expect(hidden(example('POST /api/join', 1), joined)).toEqual([]);
  });

  it('show all of a publishing token', async () => {
    const text = example('publishing-token');
    parsed(text, publishingTokenAnswer);
    const path = `/api/tours/${tour.id}/publishing-token`;
    const made = await box.call(path, { method: 'POST', cookie: box.cookie });
    expect(hidden(text, await made.json())).toEqual([]);
  });

  const asked: [heading: string, place: number, schema: ZodMiniType][] = [
    ['POST /api/join', 0, joinRequest],
    ['POST /api/claim', 0, claimRequest],
    ['POST /api/box/wifi', 0, wifiRequest],
    ['POST /api/tours`', 0, newTourRequest],
    ['PATCH /api/tours/ID', 0, tourPatch],
    ['POST /api/visits/TOUR/questions', 0, questionRequest],
    ['QUESTION/reply', 0, replyRequest],
    ['QUESTION/merge', 0, mergeRequest],
    ['POST /api/tours/ID/chat', 0, chatRequest],
  ];
  it.for(asked)('ask as the box wants to be asked: %s', ([heading, place, schema]) => {
    parsed(example(heading, place), schema);
  });

  it('make a tour when they are sent to the box', async () => {
    const more = JSON.parse(example('POST /api/tours`', 2)) as object;
    const body = { ...(JSON.parse(example('POST /api/tours`')) as object), ...more };
    const made = await box.call('/api/tours', { method: 'POST', cookie: box.cookie, body });
    expect(made.status).toBe(201);
    const made2 = tourDeskView.parse(await made.json());
    expect(made2).toMatchObject({ glossary: [{ term: 'Casa Milà' }], entryCode: 'PLAZA7' });
    const patch = JSON.parse(example('PATCH /api/tours/ID')) as object;
    expect(await box.guide(`/api/tours/${made2.id}`, 'PATCH', patch)).toMatchObject({
      languages: ['es', 'ca', 'fr'],
    });
  });

  it('answer an offer and a restart line by line as the box does', async () => {
    const post = await box.call(joined.whep, {
      method: 'POST',
      token: joined.token,
      headers: { 'content-type': 'application/sdp' },
      body: await phone.offer(),
    });
    expect(post.status).toBe(201);
    expect(linesOf(example('POST /whep/TOUR'))).toEqual(linesOf(await post.text()));
    const patch = (body: string): Promise<Response> =>
      box.call(post.headers.get('location') ?? '', {
        method: 'PATCH',
        token: joined.token,
        headers: { 'content-type': FRAGMENT, 'if-match': '*' },
        body: body.replaceAll('\n', '\r\n'),
      });
    expect((await patch(`${example('PATCH /whep/TOUR/LISTENER', 0)}\n`)).status).toBe(204);
    const restarted = await patch(`${example('PATCH /whep/TOUR/LISTENER', 1)}\n`);
    expect(restarted.status).toBe(200);
    restart = await restarted.text();
    expect(linesOf(example('PATCH /whep/TOUR/LISTENER', 2))).toEqual(linesOf(restart));
  });

  it('show every event as the box sends it', async () => {
    await page.event(({ type }) => type === 'listener');
    page.send({ type: 'ping' });
    await page.event(({ type }) => type === 'pong');
    await desk.event(({ type }) => type === 'level');
    await box.guide(`/api/tours/${tour.id}`, 'PATCH', { muted: true });
    await page.event(({ type }) => type === 'tour-changed');
    await desk.event(({ type }) => type === 'attendees');
    page.send({ type: 'too-fast' });
    expect(await desk.event(({ type }) => type === 'too-fast')).toEqual({ type: 'too-fast', count: 1 });
    await converse();
    for (const [who, events, schema] of [
      ['Attendee', page.events, attendeeEvent],
      ['Guide', desk.events, guideEvent],
    ] as const) {
      for (const { text } of allExamples().filter(({ heading }) => heading.startsWith(who))) {
        const shown = JSON.parse(text) as Event;
        if (ASKED.includes(shown.type)) continue;
        if (who === 'Attendee' && shown.type === 'too-fast') continue;
        // What a page says, with a name that the box uses too.
        if ('act' in shown) continue;
        if (!text.includes('…"')) parsed(text, schema);
        const sent = events.filter(({ type }) => type === shown.type);
        // Some come only when something is wrong.
        if (!['error', 'tour-changed', 'nudge', 'quality'].includes(shown.type)) {
          expect(sent, `${who}: ${shown.type}`).not.toEqual([]);
          expect(hidden(text, sent[0]), `${who}: ${shown.type}`).toEqual([]);
        }
      }
    }
  });

  it('tell of a sound check as the box would', () => {
    parsed(example('/api/tours/ID/sound-check'), soundCheckView);
  });

  it('send messages that the box takes', () => {
    const texts = allExamples().map(({ text }) => text);
    const find = (type: string): string => texts.find((text) => text.includes(`"type": "${type}"`)) ?? '';
    parsed(find('language'), attendeeMessage);
    parsed(find('too-fast'), attendeeMessage);
    parsed(find('recovery'), attendeeMessage);
    parsed(find('first-sound'), attendeeMessage);
    const asking = texts.filter((text) => /"type": "floor", "act"/.test(text));
    expect(asking).toHaveLength(2);
    parsed(asking[0] ?? '', attendeeMessage);
    parsed(asking[1] ?? '', guideMessage);
    parsed(find('stats'), attendeeMessage);
    parsed(find('vote'), attendeeMessage);
    parsed(find('reaction'), attendeeMessage);
    parsed(find('mute'), guideMessage);
    for (const { heading, text } of allExamples().filter((each) => each.text.includes('"act":')))
      if (heading.startsWith('Guide')) parsed(text, guideMessage);
      else parsed(text, attendeeMessage);
  });
});

/** What an SDP holds, without what differs each time: addresses, ports, names, passwords, fingerprints. */
function linesOf(sdp: string): string[] {
  return sdp
    .trim()
    .split(/\r?\n/)
    .map((line) =>
      line
        .replace(/^(a=(?:ice-ufrag|ice-pwd|fingerprint:sha-256|ssrc|candidate))[: ].*/, '$1')
        .replace(/^(o=-) \d+/, '$1')
        .replace(/^(m=audio) \d+/, '$1')
        .replace(/^(c=IN IP4) .*/, '$1'),
    );
}
