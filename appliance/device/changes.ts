import type { DevicePatch } from '../protocol/accounts.ts';
import type { DeviceRecord } from './section.ts';

/** What an owner may set of the box; `null` and what is empty take a value away. */
export function changeDevice(
  device: DeviceRecord,
  { name, openaiKey, spendCapUsd, raisableToUsd, retention, passwordsOverHttp }: DevicePatch,
): void {
  if (name !== undefined) device.name = name;
  if (openaiKey === null) delete device.openaiKey;
  else if (openaiKey !== undefined) device.openaiKey = openaiKey;
  if (spendCapUsd === null) delete device.spendCapUsd;
  else if (spendCapUsd !== undefined) device.spendCapUsd = spendCapUsd;
  if (raisableToUsd === null) delete device.raisableToUsd;
  else if (raisableToUsd !== undefined) device.raisableToUsd = raisableToUsd;
  if (retention !== undefined) device.retention = retention;
  if (passwordsOverHttp !== undefined) device.passwordsOverHttp = passwordsOverHttp;
}
