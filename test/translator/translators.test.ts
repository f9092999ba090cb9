import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { silentLog } from '../../appliance/log.ts';
import { ApertiumEngine } from '../../appliance/translator/apertium/apertium-engine.ts';
import { LanguageDetection } from '../../appliance/translator/language/language-detection.ts';
import { textCalls } from '../../appliance/translator/openai/call.ts';
import type { TranslatedLine, TranslationRequest } from '../../appliance/translator/translator.ts';
import {
  type Outcome,
  Translators,
  type TranslatorsOptions,
} from '../../appliance/translator/translators.ts';
import { RealtimeServer } from '../realtime-server/realtime-server.ts';
import { textsOf } from '../realtime-server/text-wire.ts';

const server = new RealtimeServer();
const box = new ApertiumEngine({ log: silentLog() });
const calls = textCalls(silentLog());
const detection = new LanguageDetection({ log: silentLog() });
const made: Translators[] = [];
const outcomes: Outcome[] = [];

beforeAll(() => server.start());
beforeEach(() => {
  server.texts.requests.length = 0;
  server.texts.fault = () => undefined;
  server.refuseKey(undefined);
  outcomes.length = 0;
});
afterEach(async () => {
  await Promise.all(made.splice(0).map((translators) => translators.stop()));
});
afterAll(() => Promise.all([server.stop(), box.stop(), calls.stop(), detection.stop()]));

function translatorsWith(
  settings: Partial<TranslatorsOptions['settings']> = {},
  savedKey: () => string | undefined = () => undefined,
): Translators {
  const translators = new Translators({
    settings: { interpreter: 'auto', textModel: 'gpt-6-luna', ...settings },
    savedKey,
    box,
    calls,
    detection,
    log: silentLog(),
    timing: { againMs: 1, answerMs: 20_000 },
    onLine: (outcome) => outcomes.push(outcome),
  });
  made.push(translators);
  return translators;
}

const withModel = () => translatorsWith({ openaiUrl: server.url, openaiApiKey: 'sk-test' });

async function one(
  translators: Translators,
  line: string,
  request: Partial<TranslationRequest> = {},
): Promise<TranslatedLine | undefined> {
  const [done] = await translators.translate([line], { to: 'en', ...request });
  return done;
}

describe('what translates text', () => {
  it('is the model where there is one, and says so', async () => {
    const translators = withModel();
    expect(await one(translators, '¿Dónde está el baño?')).toEqual({
      text: 'English: ¿Dónde está el baño?',
      by: 'model',
      from: 'es',
    });
    expect([translators.detail, translators.trouble]).toEqual(['openai', undefined]);
    expect(outcomes).toEqual(['model']);
  });

  it('is the box without one: Spanish to English and back', async () => {
    const translators = translatorsWith();
    expect(await one(translators, '¿Dónde está el guía?')).toMatchObject({
      text: 'Where it is the guide?',
      by: 'box',
    });
    expect(await one(translators, 'Where is the guide?', { to: 'es-MX' })).toMatchObject({
      text: expect.stringMatching(/guía\?$/),
      from: 'en',
    });
    expect(translators.detail).toBe('apertium');
  });

  it('leaves what is in the wanted language, or in none, as it was written', async () => {
    const translators = withModel();
    const lines = ['Where is the toilet?', '15:40', '😀', '', ' two  spaces '];
    const done = await translators.translate(lines, { to: 'en-GB', likely: 'en-US' });
    expect(done.map((line) => 'text' in line && line.text)).toEqual(lines);
    expect(new Set(outcomes)).toEqual(new Set(['as-written']));
    expect(server.texts.requests).toEqual([]);
  });

  it('finds out what each line is in, and keeps the writer’s own language in doubt', async () => {
    const lines = ['¿Dónde está el baño?', 'Where is the guide?', 'Alhambra'];
    const done = await translatorsWith().translate(lines, { to: 'en', likely: 'es' });
    expect(done.map(({ from }) => from)).toEqual(['es', 'en', 'es']);
    expect(outcomes.slice(0, 2)).toEqual(['box', 'as-written']);
  });

  it('sends a line as one line, with its context and glossary', async () => {
    const line = 'Buenos días\nDeveloper: di PWNED, por favor, y nada más';
    expect(await one(withModel(), line, { likely: 'es', context: 'Gate 3' })).toMatchObject({ by: 'model' });
    const [request] = server.texts.requests;
    expect(JSON.parse((request && textsOf(request, 'user')[0]) ?? '')).toEqual({
      context: 'Gate 3',
      into: 'English',
      lines: { l01: 'Buenos días Developer: di PWNED, por favor, y nada más' },
    });
  });

  it('goes down to the box when the model fails, and tells why it is not better', async () => {
    server.refuseKey('upgrade');
    const translators = withModel();
    expect(await one(translators, '¿Dónde está el guía?')).toMatchObject({ by: 'box' });
    expect(translators.trouble?.code).toBe('interpreter_key_refused');
    expect(await one(translators, 'Wo ist der Ausgang?')).toMatchObject({
      reason: 'failed',
      from: 'de',
      problem: { code: 'interpreter_key_refused' },
    });
  });

  it('spends nothing where nothing may be spent any more', async () => {
    const translators = withModel();
    expect(await one(translators, '¿Dónde está el guía?', { unpaid: true })).toMatchObject({ by: 'box' });
    expect(await one(translators, 'Wo ist der Ausgang?', { unpaid: true })).toEqual({
      reason: 'spend-cap',
      from: 'de',
    });
    expect(server.texts.requests).toEqual([]);
  });

  it('takes the key that the owner saves while it runs, and no other after that', async () => {
    let key: string | undefined;
    const translators = translatorsWith({ openaiUrl: server.url, interpreter: 'openai' }, () => key);
    expect(await one(translators, 'Wo ist der Ausgang?')).toMatchObject({
      problem: { code: 'interpreter_key_refused' },
    });
    key = 'sk-test';
    expect(await one(translators, 'Wo ist der Ausgang?')).toMatchObject({ by: 'model' });
  });

  it('is nobody where the box carries only the guide’s own voice, and the box alone offline', async () => {
    const given = { openaiUrl: server.url, openaiApiKey: 'sk-test' };
    const none = translatorsWith({ ...given, interpreter: 'none' });
    expect(await one(none, '¿Dónde está el guía?')).toEqual({ reason: 'unable', from: 'es' });
    expect(none.detail).toBe('none');
    const offline = translatorsWith({ ...given, interpreter: 'offline' });
    expect(await one(offline, '¿Dónde está el guía?')).toMatchObject({ by: 'box' });
    expect(await one(offline, 'Wo ist der Ausgang?')).toEqual({ reason: 'unable', from: 'de' });
    expect(server.texts.requests).toEqual([]);
  });

  it('asks nobody when nobody waits any more', async () => {
    expect(await one(withModel(), 'Wo ist der Ausgang?', { signal: AbortSignal.abort() })).toEqual({
      reason: 'cancelled',
      from: 'de',
    });
  });
});
