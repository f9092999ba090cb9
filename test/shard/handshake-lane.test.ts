import { setImmediate } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { HandshakeLane } from '../../appliance/shard/handshake-lane.ts';

test('frames go before each step, whoever is nearly through before who begins, and each in its turn', async () => {
  const done: string[] = [];
  const lane = new HandshakeLane({
    framesFirst: () => {
      done.push('frames');
      return false;
    },
  });
  const step = (name: string) => (): void => {
    done.push(name);
  };
  lane.add(step('begin 1'), 'begin');
  lane.add(step('begin 2'), 'begin');
  lane.add(() => {
    done.push('finish 1');
    // What a phone sends next, while others still wait to begin.
    lane.add(step('finish 3'), 'finish');
  }, 'finish');
  lane.add(step('finish 2'), 'finish');
  expect(done, 'not at once: somebody may be listening').toEqual([]);
  while (lane.waiting > 0) await setImmediate();
  expect(done.filter((name) => name !== 'frames')).toEqual([
    'finish 1',
    'finish 2',
    'finish 3',
    'begin 1',
    'begin 2',
  ]);
  for (const [i, name] of done.entries()) if (name !== 'frames') expect(done[i - 1]).toBe('frames');
});

test('a step waits for as long as frames are on their way', async () => {
  let frames = 3;
  let done = false;
  const lane = new HandshakeLane({ framesFirst: () => --frames > 0 });
  lane.add(() => {
    done = true;
    expect(frames).toBe(0);
  }, 'finish');
  while (lane.waiting > 0) await setImmediate();
  expect(done).toBe(true);
});
