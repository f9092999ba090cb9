import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { QuestionWords, type Spoken } from '../../appliance/talkback/question-words.ts';
import { TALKBACK_TIMING } from '../../appliance/talkback/timing.ts';

const { quietMs, hurriedMs, latestMs } = TALKBACK_TIMING;

let spoken: Spoken[];
let words: QuestionWords;

beforeEach(() => {
  vi.useFakeTimers();
  spoken = [];
  words = new QuestionWords({
    language: 'en',
    timing: TALKBACK_TIMING,
    onSpoken: (each) => spoken.push(each),
  });
});

afterEach(() => {
  words.stop();
  vi.useRealTimers();
});

const line = (id: string, text: string, final = true) => ({ id, text, final });
const AI = { attendee: 'Ai', language: 'ja', to: 'guide' as const };
const EVA = { attendee: 'Eva', language: 'es', to: 'guide' as const };

test('a question is put together of all its lines once nothing more comes', () => {
  words.begin({ ...AI });
  words.said(line('s1', 'トイレは', false));
  words.said(line('s1', 'トイレはどこですか。'));
  words.end();
  vi.advanceTimersByTime(quietMs - 1);
  words.said(line('s2', 'お願いします。'));
  words.translated(line('t1', 'Where is the toilet?'));
  words.translated(line('t2', 'Please.'));
  vi.advanceTimersByTime(quietMs - 1);
  expect(spoken).toEqual([]);
  vi.advanceTimersByTime(1);
  expect(spoken).toEqual([
    { ...AI, original: 'トイレはどこですか。お願いします。', text: 'Where is the toilet? Please.' },
  ]);
});

test('nothing is put together while somebody still speaks, however long they think', () => {
  words.begin({ ...AI });
  words.translated(line('t1', 'Where is'));
  vi.advanceTimersByTime(quietMs * 4);
  expect(spoken).toEqual([]);
});

test('words that come while the next one speaks already are still the first one’s', () => {
  words.begin({ ...AI });
  words.end();
  words.begin({ ...EVA });
  words.translated(line('t1', 'Where is the toilet?'));
  words.end();
  vi.advanceTimersByTime(hurriedMs);
  expect(spoken).toEqual([{ ...AI, text: 'Where is the toilet?' }]);
  words.translated(line('t1', 'Where is the toilet, please?'));
  words.translated(line('t2', 'How old is it?'));
  vi.advanceTimersByTime(quietMs);
  expect(spoken[1]).toEqual({ ...EVA, text: 'How old is it?' });
});

test('where one follows the other without a pause, a line is whose it must be by its delay', () => {
  words.begin({ ...AI });
  vi.advanceTimersByTime(3_000);
  words.translated(line('t1', 'Where is', false));
  words.end();
  words.begin({ ...EVA });
  for (let ms = 0; ms < 2_000; ms += 500) {
    vi.advanceTimersByTime(500);
    words.translated(line('t1', 'Where is the toilet?'));
  }
  words.translated(line('t2', 'I need it.'));
  vi.advanceTimersByTime(1_000);
  words.translated(line('t3', 'How old is it?'));
  words.end();
  vi.advanceTimersByTime(quietMs);
  expect(spoken.map(({ attendee, text }) => [attendee, text])).toEqual([
    ['Ai', 'Where is the toilet? I need it.'],
    ['Eva', 'How old is it?'],
  ]);
});

test('a question of which nobody has written a word keeps nobody waiting for long', () => {
  words.begin({ ...AI });
  words.end();
  vi.advanceTimersByTime(latestMs);
  words.begin({ ...EVA });
  words.said(line('s1', '¿Cuántos años tiene?'));
  words.end();
  vi.advanceTimersByTime(quietMs);
  expect(spoken).toEqual([{ ...EVA, original: '¿Cuántos años tiene?' }]);
});

test('of what all have heard the translation’s voice is kept until then, without its pauses; of nothing else', () => {
  const [tone, pause] = [new Int16Array(480).fill(5_000), new Int16Array(480)];
  for (const to of ['guide', 'all'] as const) {
    words.begin({ ...AI, to });
    for (const piece of [tone, pause, tone]) words.speech(piece);
    words.translated(line(to, 'Where is it?'));
    words.end();
    vi.advanceTimersByTime(quietMs);
  }
  expect(spoken.map(({ to, voice }) => [to, voice?.length])).toEqual([
    ['guide', undefined],
    ['all', 960],
  ]);
});
