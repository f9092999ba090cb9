import { newSigningKey } from '../account/keys.ts';
import { accountSections, type AccountState } from '../account/section.ts';
import { newSetupCode } from '../account/setup-code.ts';
import { Clock } from '../clock/clock.ts';
import { deviceSection, type FirstSecrets } from '../device/section.ts';
import type { Log } from '../log.ts';
import type { Settings } from '../settings.ts';
import { State } from '../storage/state.ts';
import { type TourState, tourSections } from '../tour/tour-store.ts';
import { storageCheck } from './checks.ts';
import type { Part } from './part.ts';

/** What the state file holds, in this order: each domain's own. */
export function sections(secrets: () => FirstSecrets = newSecrets) {
  return { device: deviceSection(secrets), ...accountSections, ...tourSections };
}

function newSecrets(): FirstSecrets {
  return { signingKey: newSigningKey(Date.now()), setupCode: newSetupCode() };
}

export type BoxState = State<AccountState & TourState>;

export interface StatePart extends Part {
  readonly state: BoxState;
}

/** What the box remembers. */
export function statePart({ settings, log }: { settings: Settings; log: Log }): StatePart {
  const state: BoxState = new State({ directory: settings.data, sections: sections(), log });
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

export function clockPart({ state }: { state: BoxState }): ClockPart {
  const clock = new Clock({
    seen: () => state.kept.device,
    save: (seen) => state.update(({ device }) => void Object.assign(device, seen)),
  });
  return { name: 'clock', clock, start: () => clock.start(), stop: () => clock.stop() };
}
