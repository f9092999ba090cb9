import { expect, test } from 'vitest';
import { Floor } from '../../appliance/floor/floor.ts';
import { noise, sine } from '../microphone/waveform.ts';

const loud = new Int16Array(480).fill(5_000);

function floorWith(errors: unknown[] = []): Floor {
  return new Floor({ onListenerError: (error) => errors.push(error) });
}

test('a closed floor goes on ticking, blank: nobody hears a guide who is muted', () => {
  const floor = floorWith();
  const heard: [boolean, number, number][] = [];
  floor.subscribe(({ blank, samples, capturedAt }) => heard.push([blank, samples[0] ?? -1, capturedAt]));
  floor.hear(loud, 1);
  floor.open = true;
  floor.hear(loud, 2);
  floor.open = false;
  floor.hear(loud, 3);
  expect(heard).toEqual([
    [true, 0, 1],
    [false, 5_000, 2],
    [true, 0, 3],
  ]);
});

test('one who fails to hear keeps nobody else from hearing', () => {
  const errors: unknown[] = [];
  const floor = floorWith(errors);
  let heard = 0;
  floor.subscribe(() => {
    throw new Error('deaf');
  });
  const leave = floor.subscribe(() => heard++);
  floor.hear(loud, 1);
  leave();
  floor.hear(loud, 2);
  expect(heard).toBe(1);
  expect(errors).toMatchObject([{ message: 'deaf' }, { message: 'deaf' }]);
});

test('a guide who speaks is known to, and not while muted', () => {
  const floor = floorWith();
  floor.open = true;
  const hiss = noise({ seconds: 1, amplitude: 0.001 });
  for (let at = 0; at < hiss.length; at += 480) floor.hear(hiss.subarray(at, at + 480), at / 24);
  expect(floor.voiced).toBe(false);
  const voice = Int16Array.from(sine({ hz: 500, rate: 24_000, seconds: 0.2, amplitude: 8_000 }));
  for (let at = 0; at < voice.length; at += 480) floor.hear(voice.subarray(at, at + 480), 1_000 + at / 24);
  expect(floor.voiced).toBe(true);
  floor.open = false;
  expect(floor.voiced).toBe(false);
});
