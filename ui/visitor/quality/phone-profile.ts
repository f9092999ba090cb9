import type { Sparing } from '../../../appliance/protocol/quality.ts';

/** What some browsers tell of the phone; each part may be missing. */
interface Phone {
  readonly connection?: { readonly saveData?: boolean; readonly effectiveType?: string };
  /** GB. */
  readonly deviceMemory?: number;
  readonly getBattery?: () => Promise<{ readonly level: number; readonly charging: boolean }>;
}

const LOW_BATTERY = 0.2;
const LITTLE_MEMORY_GB = 1;
const SLOW = ['slow-2g', '2g', '3g'];

/** Why the page should do less than it could, if there is a reason. */
export async function sparingOf(phone: Phone = navigator as Phone): Promise<Sparing | undefined> {
  const { connection, deviceMemory = Infinity } = phone;
  if (await isBatteryLow(phone)) return 'battery';
  if (connection?.saveData) return 'data';
  if (deviceMemory <= LITTLE_MEMORY_GB) return 'memory';
  return SLOW.includes(connection?.effectiveType ?? '') ? 'network' : undefined;
}

async function isBatteryLow(phone: Phone): Promise<boolean> {
  try {
    const battery = await phone.getBattery?.();
    return battery !== undefined && !battery.charging && battery.level <= LOW_BATTERY;
  } catch {
    // Not allowed here.
    return false;
  }
}
