import { expect, test } from 'vitest';
import { Attendance } from '../../appliance/tour/attendance.ts';

const someone = (id: string, language = 'es') => ({ id, language, name: undefined });

test('whoever reads or hears a language is its audience, once', () => {
  const attendance = new Attendance({ onChange: () => undefined });
  attendance.admit(someone('a'));
  expect(attendance.audience('es')).toBe(0);
  const closed = attendance.reads('a');
  attendance.listens('a', true);
  expect([attendance.audience('es'), attendance.listeners('es')]).toEqual([1, 1]);
  attendance.choose('a', 'fr');
  expect([attendance.audience('es'), attendance.audience('fr')]).toEqual([0, 1]);
  attendance.listens('a', false);
  closed();
  closed();
  expect(attendance.audience('fr')).toBe(0);
});

test('who comes back keeps their language', () => {
  const attendance = new Attendance({ onChange: () => undefined });
  attendance.admit(someone('a'));
  attendance.choose('a', 'fr');
  expect(attendance.admit(someone('a')).language).toBe('fr');
});

test('a flood of joins is forgotten, and those who are there are not', () => {
  const attendance = new Attendance({ onChange: () => undefined });
  attendance.admit(someone('there'));
  attendance.reads('there');
  for (let i = 0; i < 20_000; i++) attendance.admit(someone(`flood-${i}`, 'fr'));
  expect(attendance.in('fr').length).toBeLessThanOrEqual(5_000);
  expect(attendance.get('there')).toBeDefined();
});

test('the counts are right after whatever came and went', () => {
  const attendance = new Attendance({ onChange: () => undefined });
  const languages = ['es', 'fr', 'de'];
  const people = Array.from({ length: 30 }, (_, i) => ({ id: String(i), listening: false, pages: 0 }));
  const undo = new Map<string, (() => void)[]>(people.map(({ id }) => [id, []]));
  let seed = 1;
  const roll = (sides: number): number => {
    seed = (Math.imul(seed, 1_103_515_245) + 12_345) & 0x7fffffff;
    return (seed >> 16) % sides;
  };
  for (const { id } of people) attendance.admit(someone(id));
  for (let step = 0; step < 5_000; step++) {
    const person = people[roll(people.length)]!;
    const pages = undo.get(person.id)!;
    const what = roll(4);
    if (what === 0) attendance.choose(person.id, languages[roll(3)]!);
    else if (what === 1) attendance.listens(person.id, (person.listening = roll(2) === 0));
    else if (what === 2) pages.push(attendance.reads(person.id));
    else pages.pop()?.();
    person.pages = pages.length;
  }
  for (const language of languages) {
    const there = people.filter(({ id }) => attendance.get(id)?.language === language);
    expect(attendance.listeners(language)).toBe(there.filter(({ listening }) => listening).length);
    expect(attendance.audience(language)).toBe(
      there.filter(({ listening, pages }) => listening || pages > 0).length,
    );
  }
});

test('who is removed leaves no count behind, whatever of theirs still closes', () => {
  const attendance = new Attendance({ onChange: () => undefined });
  attendance.admit(someone('a'));
  attendance.admit(someone('b'));
  attendance.reads('b');
  const closed = attendance.reads('a');
  attendance.listens('a', true);
  expect(attendance.remove('a')).toEqual(['a']);
  closed();
  attendance.listens('a', false);
  attendance.choose('a', 'fr');
  expect([attendance.audience('es'), attendance.listeners('es'), attendance.audience('fr')]).toEqual([
    1, 0, 0,
  ]);
  expect(() => attendance.admit(someone('a'))).toThrow(expect.objectContaining({ code: 'attendee_removed' }));
});

test('a flood of removals forgets the oldest, not the newest', () => {
  const attendance = new Attendance({ onChange: () => undefined });
  for (let i = 0; i < 1_500; i++) {
    attendance.admit(someone(String(i)));
    attendance.remove(String(i));
  }
  expect(() => attendance.expectWelcome('1499')).toThrow();
  expect(() => attendance.expectWelcome('0')).not.toThrow();
});

test('what is told of the list is what has changed, once', () => {
  const attendance = new Attendance({ onChange: () => undefined });
  attendance.admit(someone('joined, but never came'));
  attendance.admit({ id: 'a', language: 'es', name: 'Ana' });
  expect(attendance.takeNews()).toBeUndefined();
  const closed = attendance.reads('a');
  attendance.choose('a', 'fr');
  const ana = { id: 'a', name: 'Ana', language: 'fr' };
  expect(attendance.takeNews()).toEqual({ changed: [{ ...ana, connected: true }], gone: [] });
  expect(attendance.takeNews()).toBeUndefined();
  closed();
  expect(attendance.list()).toEqual([{ ...ana, connected: false }]);
  attendance.remove('a');
  expect(attendance.takeNews()).toEqual({ changed: [], gone: ['a'] });
});
