import { expect, test } from 'vitest';
import { createLog } from '../../appliance/log.ts';
import { MicrophoneTaps } from '../../appliance/microphone/microphone-taps.ts';

test('who fails at listening keeps no frame from the tour, nor from others who listen', () => {
  const lines: string[] = [];
  const taps = new MicrophoneTaps({
    log: createLog({ level: 'error', out: { write: (line) => lines.push(line) } }),
  });
  const heard = { tour: 0, other: 0 };
  taps.listen('t1', () => {
    throw new RangeError('more than it holds');
  });
  const end = taps.listen('t1', () => heard.other++);
  const output = taps.through('t1', { onFrame: () => heard.tour++, onState: () => undefined });
  for (let frame = 0; frame < 3; frame++) output.onFrame(new Int16Array(480), frame * 20);
  expect(heard).toEqual({ tour: 3, other: 3 });
  // Once, and not for each frame.
  expect(lines).toHaveLength(1);
  end();
  output.onFrame(new Int16Array(480), 60);
  expect(heard).toEqual({ tour: 4, other: 3 });
});
