import { newSigningKey } from '../account/keys.ts';
import { newSetupCode } from '../account/setup-code.ts';
import { Clock } from '../clock/clock.ts';
import type { Log } from '../log.ts';
import type { Settings } from '../settings.ts';
import { State } from '../storage/state.ts';
import { storageCheck } from './checks.ts';
import type { Part } from './part.ts';

export interface StatePart extends Part {
  readonly state: State;
}

/** What the box remembers. */
export function statePart({ settings, log }: { settings: Settings; log: Log }): StatePart {
  const state = new State({
    directory: settings.data,
    first: () => ({ signingKey: newSigningKey(Date.now()), setupCode: newSetupCode() }),
    log,
  });
  return {
    name: 'state',
    state,
    start: () => state.start(),
    stop: () => state.stop(),
    checks: storageCheck(state),
  };
}

export interface ClockPart extends Part {
  readonly clock: Clock;
}

export function clockPart({ state }: { state: State }): ClockPart {
  const clock = new Clock({
    seen: () => state.device,
    save: (seen) => state.update(({ device }) => void Object.assign(device, seen)),
  });
  return { name: 'clock', clock, start: () => clock.start(), stop: () => clock.stop() };
}
