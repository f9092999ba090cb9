import { expect, test } from 'vitest';
import { Assembly } from '../../appliance/assembly/assembly.ts';
import type { Part } from '../../appliance/assembly/part.ts';
import { silentLog } from '../../appliance/log.ts';

/** Parts that tell what is done to them, each in its own time. */
function rig(names: readonly string[], failing: { start?: string; stop?: string } = {}) {
  const told: string[] = [];
  const tell = async (what: 'start' | 'stop', name: string): Promise<void> => {
    told.push(`${what} ${name}`);
    await Promise.resolve();
    if (failing[what] === name) throw new Error(`${name} cannot ${what}`);
    told.push(`${what} ${name}: done`);
  };
  const parts = names.map((name): Part => ({
    name,
    start: () => tell('start', name),
    stop: () => tell('stop', name),
  }));
  return { assembly: new Assembly({ parts, log: silentLog() }), told, parts };
}

const done = (told: readonly string[]): string[] =>
  told.filter((each) => each.endsWith(': done')).map((each) => each.replace(': done', ''));

test('parts start one after the other and stop in reverse, each when the one before has done so', async () => {
  const { assembly, told } = rig(['state', 'tours', 'http']);
  const times = await assembly.start();
  await assembly.stop();
  expect(told.map((each) => each.replace(': done', '')).filter((_, at) => at % 2 === 0)).toEqual(done(told));
  expect(done(told)).toEqual([
    'start state',
    'start tours',
    'start http',
    'stop http',
    'stop tours',
    'stop state',
  ]);
  expect(Object.keys(times ?? {})).toEqual(['program', 'state', 'tours', 'http', 'total']);
});

test('a start that fails is told, and undone with all that were started before it', async () => {
  const { assembly, told } = rig(['state', 'tours', 'http', 'https'], { start: 'http' });
  await expect(assembly.start()).rejects.toThrow('http cannot start');
  expect(told.filter((each) => each.startsWith('stop') && !each.endsWith('done'))).toEqual([
    'stop http',
    'stop tours',
    'stop state',
  ]);
  const before = told.length;
  await assembly.stop();
  expect(told, 'there is nothing left to stop').toHaveLength(before);
});

test('a part that cannot be stopped keeps no other from it', async () => {
  const { assembly, told } = rig(['state', 'tours', 'http'], { stop: 'tours' });
  await assembly.start();
  await assembly.stop();
  expect(done(told).slice(-2)).toEqual(['stop http', 'stop state']);
});

test('a box that is stopped while it starts goes no further, and stops what has begun', async () => {
  const { assembly, told } = rig(['state', 'tours', 'http']);
  const starting = assembly.start();
  await assembly.stop();
  expect(await starting, 'it did not become ready').toBeUndefined();
  expect(done(told)).toEqual(['start state', 'stop state']);
});
