import { afterEach, expect, test } from 'vitest';
import { Engines, type EnginesOptions } from '../../appliance/interpreter/engines.ts';
import { silentLog } from '../../appliance/log.ts';
import { RealtimeServer } from '../realtime-server/realtime-server.ts';

const KEY = 'sk-test-0123456789';
const LAN = 'ws://127.0.0.1:9/v1/realtime';
const made: Engines[] = [];

afterEach(async () => {
  await Promise.all(made.splice(0).map((engines) => engines.stop()));
});

function engines(
  settings: Partial<EnginesOptions['settings']>,
  saved: { key?: string | undefined } = {},
): Engines {
  const chosen = new Engines({
    settings: { interpreter: 'auto', ...settings },
    savedKey: () => saved.key,
    log: silentLog(),
  });
  chosen.start();
  made.push(chosen);
  return chosen;
}

/** By whom English would be interpreted. */
const by = ({ chosen }: Engines, ...languages: string[]): string[] =>
  languages.map((language) => chosen.outlook('en', language).by);

test('without a key the box interprets by itself, with one OpenAI does, whoever gave it', () => {
  expect(engines({}).chosen.name).toBe('offline');
  expect(engines({ openaiApiKey: KEY }).chosen.name).toBe('openai');
  expect(engines({}, { key: KEY }).chosen.name).toBe('openai');
  expect(engines({ openaiUrl: LAN }).chosen.name).toBe('openai');
  expect(engines({ interpreter: 'none', openaiApiKey: KEY }).chosen.name).toBe('none');
  expect(engines({ interpreter: 'offline' }, { key: KEY }).chosen.name).toBe('offline');
  expect(engines({ interpreter: 'openai' }).detail).toBe('interpreter_key_missing');
});

test('each language has the best way there is', () => {
  const languages = ['es', 'ar', 'ca', 'eo', 'sw'];
  expect(by(engines({}), ...languages)).toEqual(['box', 'guide', 'box', 'guide', 'guide']);
  expect(by(engines({ openaiApiKey: KEY }), ...languages)).toEqual([
    'model',
    'model',
    'model',
    'guide',
    'guide',
  ]);
  expect(by(engines({ interpreter: 'openai' }), ...languages)).toEqual([
    'box',
    'guide',
    'box',
    'guide',
    'guide',
  ]);
  const one = engines({ openaiApiKey: KEY, openaiDialect: 'translation' });
  expect(by(one, ...languages), 'a server that speaks only one').toEqual([
    'model',
    'guide',
    'box',
    'guide',
    'guide',
  ]);
  const none = engines({ interpreter: 'none' });
  expect(none.chosen.outlook('en', 'es')).toMatchObject({
    by: 'guide',
    problem: { code: 'interpreter_language_unsupported', message: expect.stringContaining('only the guide') },
  });
  expect(engines({}).chosen.pairs).toMatchObject([{ from: 'en', rough: true }]);
});

test('where nothing is paid nothing has to take over', () => {
  for (const settings of [{}, { openaiUrl: LAN }, { interpreter: 'none' }] as const) {
    const free = engines(settings);
    expect(free.unpaid, JSON.stringify(settings)).toBe(free.chosen);
  }
  const { unpaid, chosen } = engines({ openaiUrl: LAN, openaiApiKey: KEY });
  expect(unpaid).not.toBe(chosen);
  expect(unpaid.outlook('en', 'es')).toEqual({ by: 'box', problem: undefined });
  expect(unpaid.outlook('en', 'fr')).toMatchObject({ by: 'guide', problem: { code: 'spend_cap_reached' } });
});

test('a key that the owner saves, changes or takes away makes another ladder due, the same one does not', () => {
  const saved: { key?: string | undefined } = {};
  const due = engines({}, saved);
  let news = 0;
  due.subscribe(() => news++);
  due.renew();
  expect(news).toBe(0);
  saved.key = KEY;
  due.renew();
  const first = due.chosen;
  expect([news, first.name]).toEqual([1, 'openai']);
  due.renew();
  expect([news, due.chosen]).toEqual([1, first]);
  saved.key = `${KEY}-other`;
  due.renew();
  expect([news, due.chosen === first]).toEqual([2, false]);
  saved.key = undefined;
  due.renew();
  expect([news, due.chosen.name]).toEqual([3, 'offline']);
  const fixed = engines({ openaiApiKey: KEY }, saved);
  const before = fixed.chosen;
  saved.key = `${KEY}-other`;
  fixed.renew();
  expect(fixed.chosen, 'the settings come first').toBe(before);
});

test('a key is tried where it would be used, costs nothing there, and nowhere against the settings', async () => {
  const server = new RealtimeServer({ apiKey: KEY, updateMs: 5 });
  await server.start();
  const { url } = server;
  const auto = engines({ openaiUrl: url });
  expect(await auto.tryKey(KEY)).toEqual({ kind: 'accepted' });
  await server.until(() => server.sessions.every(({ open }) => !open));
  expect(server.sessions.map(({ receivedSamples }) => receivedSamples)).toEqual([0]);
  expect(await auto.tryKey(`${KEY}-other`)).toMatchObject({
    kind: 'refused',
    problem: { code: 'interpreter_key_refused' },
  });
  expect(await engines({ openaiUrl: url, openaiDialect: 'conversation' }).tryKey(KEY)).toEqual({
    kind: 'accepted',
  });
  server.noQuota('event');
  expect(await auto.tryKey(KEY)).toMatchObject({
    kind: 'refused',
    problem: { code: 'interpreter_no_quota' },
  });
  const opened = server.sessions.length;
  expect(await engines({ openaiUrl: url, interpreter: 'offline' }).tryKey(KEY)).toBeUndefined();
  expect(server.sessions).toHaveLength(opened);
  await server.stop();
  expect(await auto.tryKey(KEY)).toMatchObject({
    kind: 'unreachable',
    problem: { code: 'interpreter_unreachable' },
  });
});
