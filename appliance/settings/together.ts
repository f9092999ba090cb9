import { portsOf } from './kinds.ts';
import type { Settings } from './schema.ts';

/** Settings that cannot be used with each other, each of them good alone. */
export interface Conflict {
  /** Where it is to be mended first. */
  readonly keys: readonly (keyof Settings)[];
  readonly problem: string;
}

export function conflictsOf(settings: Settings): Conflict[] {
  const { certificate, certificateKey, httpPort, httpsPort, publicPort, shards, mediaPorts } = settings;
  const conflicts: Conflict[] = [];
  if (certificate !== undefined && certificateKey === undefined)
    conflicts.push({
      keys: ['certificate', 'certificateKey'],
      problem: 'the key of the certificate is missing',
    });
  if (certificateKey !== undefined && certificate === undefined)
    conflicts.push({
      keys: ['certificateKey', 'certificate'],
      problem: 'the certificate of the key is missing',
    });
  if (httpPort === httpsPort && httpPort !== 0)
    conflicts.push({ keys: ['httpPort', 'httpsPort'], problem: 'must be two different ports' });
  if (publicPort !== undefined && publicPort === httpsPort)
    conflicts.push({ keys: ['publicPort', 'httpsPort'], problem: 'must be two different ports' });
  const [first, last] = portsOf(mediaPorts);
  const ports = last - first + 1;
  if (shards > ports)
    conflicts.push({
      keys: ['mediaPorts', 'shards'],
      problem: `each of the ${shards} shards needs a port of its own, and there are ${ports}`,
    });
  return conflicts;
}
