/**
 * The box of the benchmark, in a process of its own: no browser driver and no stand-in shares its event loop. It is
 * the real appliance; all that is added is a look at the floor, to know when each burst was spoken.
 */
import { Appliance } from '../../../appliance/appliance.ts';
import { silentLog } from '../../../appliance/log.ts';
import { Floor } from '../../../appliance/floor/floor.ts';
import { FLOOR_FRAME_SAMPLES, FLOOR_RATE } from '../../../appliance/floor/floor-frame.ts';
import type { Settings } from '../../../appliance/settings.ts';
import { BurstFinder } from './guide-voice.ts';

export type BoxMessage =
  | { readonly type: 'ready'; readonly port: number; readonly setupCode: string }
  /** ms since the epoch: when its first sample reached the microphone, and when its frame was on its way to all. */
  | { readonly type: 'burst'; readonly spokenAt: number; readonly sentAt: number };

const finder = new BurstFinder();
type Hear = (this: Floor, samples: Int16Array, capturedAt: number) => void;
const hear: Hear = Reflect.get(Floor.prototype, 'hear');
Floor.prototype.hear = function (samples, capturedAt) {
  hear.call(this, samples, capturedAt);
  const sentAt = performance.timeOrigin + performance.now();
  const start = finder.find(samples);
  if (start === undefined) return;
  const beforeEnd = ((FLOOR_FRAME_SAMPLES - start) / FLOOR_RATE) * 1_000;
  tell({ type: 'burst', spokenAt: performance.timeOrigin + capturedAt - beforeEnd, sentAt });
};

const appliance = new Appliance({
  settings: JSON.parse(process.argv[2] ?? '{}') as Settings,
  log: silentLog(),
});
await appliance.start();
process.once('disconnect', () => void appliance.stop().then(() => process.exit(0)));
tell({ type: 'ready', port: appliance.port, setupCode: appliance.setupCode });

function tell(message: BoxMessage): void {
  process.send?.(message);
}
