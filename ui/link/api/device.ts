import * as z from 'zod/mini';
import { deviceView, type DevicePatch, type DeviceView } from '../../../appliance/protocol/accounts.ts';
import { ask, tell } from '../request.ts';

/** The box itself, for the owner. */

const setupCodeAnswer = z.object({ setupCode: z.string() });

export const device = (): Promise<DeviceView> => ask(deviceView, 'GET', '/api/device');

export const changeDevice = (patch: DevicePatch): Promise<DeviceView> =>
  ask(deviceView, 'PATCH', '/api/device', patch);

/** A new one in place of the old; the box shows it this once. */
export const newSetupCode = async (): Promise<string> =>
  (await ask(setupCodeAnswer, 'POST', '/api/device/setup-code')).setupCode;

/** The setup code before the newest is good again. */
export const restoreSetupCode = (): Promise<void> => tell('DELETE', '/api/device/setup-code');

/** Everyone's sign-ins end, this page's too. */
export const endAllSessions = (): Promise<void> => tell('POST', '/api/device/keys');
