import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { CaptionLines } from '../../appliance/interpreter/caption-lines.ts';
import type { InterpreterCaption } from '../../appliance/interpreter/interpreter.ts';

function collect(options: { language?: string; quietMs?: number; maxLength?: number } = {}) {
  const captions: InterpreterCaption[] = [];
  const lines = new CaptionLines({
    language: 'en',
    deliver: (caption) => captions.push(caption),
    ...options,
  });
  const finals = () => captions.filter((caption) => caption.final).map((caption) => caption.text);
  return { captions, lines, finals };
}

function say(text: string, language = 'en'): string[] {
  const { lines, finals } = collect({ language });
  for (const delta of text.match(/\s*\S+/g) ?? []) lines.append(delta);
  lines.flush();
  return finals();
}

describe('caption lines', () => {
  beforeEach(() => {
    vi.useFakeTimers();
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  it('grow under one id and end at a sentence mark', () => {
    const { captions, lines } = collect();
    for (const delta of ['Welcome', ' to the', ' palace', '.', ' It was']) lines.append(delta);
    const [first] = captions;
    expect(captions.map(({ text, final }) => `${final ? 'F' : 'd'} ${text}`)).toEqual([
      'd Welcome',
      'd Welcome to the',
      'd Welcome to the palace',
      'd Welcome to the palace.',
      'F Welcome to the palace.',
      'd It was',
    ]);
    expect(captions.slice(0, 5).every(({ id }) => id === first?.id)).toBe(true);
    expect(captions.at(-1)?.id).not.toBe(first?.id);
  });

  it('end after a while without new text', () => {
    const { finals, lines } = collect();
    lines.append('Mind the');
    vi.advanceTimersByTime(2_400);
    lines.append(' step');
    vi.advanceTimersByTime(2_400);
    expect(finals()).toEqual([]);
    vi.advanceTimersByTime(200);
    expect(finals()).toEqual(['Mind the step']);
    vi.advanceTimersByTime(10_000);
    expect(finals()).toEqual(['Mind the step']);
  });

  it('never change once final, and never say a line twice', () => {
    const { captions, lines } = collect();
    for (let n = 0; n < 50; n++) lines.append(` Word ${n}.`);
    lines.flush();
    lines.flush();
    const final = new Set<string>();
    for (const caption of captions) {
      expect(final.has(caption.id)).toBe(false);
      if (caption.final) final.add(caption.id);
    }
    expect(final.size).toBe(50);
  });

  it.each([
    ['La torre mide 3.5 metros. Ahora mire.', ['La torre mide 3.5 metros.', 'Ahora mire.']],
    ['Dr. Smith met J. S. Bach. He left.', ['Dr. Smith met J. S. Bach.', 'He left.']],
    ['Really?! Yes… maybe. “Come in!” We go.', ['Really?!', 'Yes… maybe.', '“Come in!”', 'We go.']],
    ['That is number 3. See No. 5 there.', ['That is number 3.', 'See No. 5 there.']],
    ['No. We stay.', ['No.', 'We stay.']],
    ['هل ترى البرج؟ إنه قديم. انظر', ['هل ترى البرج؟', 'إنه قديم.', 'انظر']],
    ['यह किला है। यहाँ आइए।', ['यह किला है।', 'यहाँ आइए।']],
    ['Built in 1633; rebuilt later. Look: here.', ['Built in 1633; rebuilt later.', 'Look: here.']],
  ])('cut %j where a reader would', (text, expected) => {
    expect(say(text)).toEqual(expected);
  });

  it('know the languages that write the third as 3.', () => {
    expect(say('Am 3. Mai kam er. Dann ging er.', 'de-AT')).toEqual(['Am 3. Mai kam er.', 'Dann ging er.']);
  });

  it('cut Chinese and Japanese, which have no spaces', () => {
    const { finals, lines } = collect({ maxLength: 10 });
    lines.append('ようこそ。「こちらです。」塔は古いです');
    expect(finals()).toEqual(['ようこそ。', '「こちらです。」']);
    lines.append('塔塔塔塔塔塔塔塔塔塔塔塔塔塔塔塔塔塔塔塔');
    lines.flush();
    expect(finals().every((text) => text.length <= 10)).toBe(true);
    expect(finals().join('')).toBe(
      'ようこそ。「こちらです。」塔は古いです塔塔塔塔塔塔塔塔塔塔塔塔塔塔塔塔塔塔塔塔',
    );
  });

  it('cut a sentence without an end at a word, and lose none', () => {
    const { finals, lines } = collect();
    const words = Array.from({ length: 120 }, (_, n) => `word${n}`);
    for (const word of words) lines.append(` ${word}`);
    lines.flush();
    expect(finals().length).toBeGreaterThan(5);
    expect(Math.max(...finals().map((line) => line.length))).toBeLessThanOrEqual(140);
    expect(finals().join(' ')).toBe(words.join(' '));
  });

  it('do not split a surrogate pair or a letter from its accents', () => {
    const { finals, lines } = collect({ maxLength: 10 });
    lines.append('𝒜𝒜𝒜𝒜𝒜𝒜𝒜𝒜'.slice(0, 15) + '𝒜'.slice(1));
    lines.append('xxxxxxxxxe\u0301xx');
    lines.flush();
    for (const line of finals()) {
      expect(line.isWellFormed()).toBe(true);
      expect(line).not.toMatch(/^\p{M}/u);
    }
  });
});
