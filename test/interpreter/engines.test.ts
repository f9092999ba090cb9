import { expect, test } from 'vitest';
import { Engines, type EnginesOptions } from '../../appliance/interpreter/engines.ts';
import { silentLog } from '../../appliance/log.ts';

const KEY = 'sk-test-0123456789';
const LAN = 'ws://127.0.0.1:9/v1/realtime';

function engines(
  settings: Partial<EnginesOptions['settings']>,
  saved: { key?: string | undefined } = {},
): Engines {
  const chosen = new Engines({
    settings: { interpreter: 'auto', openaiDialect: 'translation', ...settings },
    savedKey: () => saved.key,
    log: silentLog(),
  });
  chosen.start();
  return chosen;
}

test('without a key the box interprets by itself, with one OpenAI does, whoever gave it', () => {
  expect(engines({}).chosen.name).toBe('offline');
  expect(engines({ openaiApiKey: KEY }).chosen.name).toBe('openai');
  expect(engines({}, { key: KEY }).chosen.name).toBe('openai');
  expect(engines({ openaiUrl: LAN }).chosen.name).toBe('openai');
  expect(engines({ interpreter: 'none', openaiApiKey: KEY }).chosen.name).toBe('none');
  expect(engines({ interpreter: 'offline' }, { key: KEY }).chosen.name).toBe('offline');
  expect(engines({ interpreter: 'openai' }).detail).toBe('interpreter_key_missing');
});

test('where nothing is paid nothing has to take over', () => {
  for (const settings of [{}, { openaiUrl: LAN }, { interpreter: 'none' }] as const) {
    const free = engines(settings);
    expect(free.unpaid, JSON.stringify(settings)).toBe(free.chosen);
  }
  const paid = engines({ openaiUrl: LAN, openaiApiKey: KEY });
  expect(paid.unpaid).not.toBe(paid.chosen);
  expect(paid.unpaid).toMatchObject({ rough: true, pairs: engines({}).chosen.pairs });
});

test('a key that the owner saves, changes or takes away makes another engine due, the same one does not', () => {
  const saved: { key?: string | undefined } = {};
  const due = engines({}, saved);
  expect(due.renew()).toBe(false);
  saved.key = KEY;
  expect(due.renew()).toBe(true);
  const first = due.chosen;
  expect([first.name, due.renew(), due.chosen]).toEqual(['openai', false, first]);
  saved.key = `${KEY}-other`;
  expect([due.renew(), due.chosen === first]).toEqual([true, false]);
  saved.key = undefined;
  expect([due.renew(), due.chosen.name]).toEqual([true, 'offline']);
  const fixed = engines({ openaiApiKey: KEY }, saved);
  saved.key = `${KEY}-other`;
  expect(fixed.renew(), 'the settings come first').toBe(false);
});
