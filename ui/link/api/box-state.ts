import {
  boxStateView,
  type BoxStateView,
  checkUpsView,
  type CheckUpsView,
  checkUpView,
  type CheckUpView,
  type WifiRequest,
} from '../../../appliance/protocol/box-state.ts';
import { lastHourView, type LastHourView } from '../../../appliance/protocol/last-hour.ts';
import { ask } from '../request.ts';

/** How the box itself is. */
export const boxState = (): Promise<BoxStateView> => ask(boxStateView, 'GET', '/api/box/state');

/** Answered before anything happens; how it went is in {@link boxState} later. */
export const switchWifi = (wanted: WifiRequest): Promise<BoxStateView> =>
  ask(boxStateView, 'POST', '/api/box/wifi', wanted);

/** For the owner. */
export const checkUps = (): Promise<CheckUpsView> => ask(checkUpsView, 'GET', '/api/box/check-up');

/** For the owner: how the box was during the last hour. */
export const lastHour = (): Promise<LastHourView> => ask(lastHourView, 'GET', '/api/box/last-hour');

/** For the owner: the report to hand on; the box names the file. */
export const REPORT = '/api/diagnostics.zip';

/** A check-up takes up to 20 s. */
const CHECK_UP_MS = 60_000;

export const makeCheckUp = (): Promise<CheckUpView> =>
  ask(checkUpView, 'POST', '/api/box/check-up', undefined, { patienceMs: CHECK_UP_MS });
