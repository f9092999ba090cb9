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
