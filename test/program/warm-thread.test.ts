import { afterAll, expect, it, vi } from 'vitest';
import { silentLog } from '../../appliance/log.ts';
import { WarmThread } from '../../appliance/program/warm-thread.ts';

const PATIENT = { patienceMs: 60_000 };
const script = new URL('./answering-thread.ts', import.meta.url);
const threads: WarmThread<string, string>[] = [];

function threadWith(restMs?: number): WarmThread<string, string> {
  const thread = new WarmThread<string, string>({ name: 'test', script, log: silentLog(), restMs });
  threads.push(thread);
  return thread;
}

afterAll(() => Promise.all(threads.map((thread) => thread.stop())));

it('answers each question, and lets those go that nobody waits for', async () => {
  const thread = threadWith();
  expect(thread.running).toBe(false);
  const waiting = new AbortController();
  const cancelled = thread.ask('wait', { ...PATIENT, signal: waiting.signal });
  expect(await Promise.all(['one', 'two'].map((each) => thread.ask(each, PATIENT)))).toEqual([
    'one, 0 cancelled',
    'two, 0 cancelled',
  ]);
  waiting.abort();
  expect(await cancelled).toBeUndefined();
  expect(await thread.ask('wait', { patienceMs: 1 })).toBeUndefined();
  expect(await thread.ask('three', PATIENT)).toBe('three, 2 cancelled');
  expect(await thread.ask('throw', PATIENT)).toBeUndefined();
  await thread.stop();
  expect(await thread.ask('four', PATIENT)).toBeUndefined();
});

it('begins again after it has died, which is no answer to those who wait', async () => {
  const thread = threadWith();
  const waiting = thread.ask('wait', PATIENT);
  expect(await thread.ask('die', PATIENT)).toBeUndefined();
  expect(await waiting).toBeUndefined();
  expect(await thread.ask('one', PATIENT)).toBe('one, 0 cancelled');
});

it('ends when nobody has asked for a while', async () => {
  const thread = threadWith(1);
  await thread.ask('one', PATIENT);
  await vi.waitFor(() => expect(thread.running).toBe(false), 10_000);
});
