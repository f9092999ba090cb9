import type { Keys } from '../../account/keys.ts';
import type { PublishingTokens } from '../../account/publishing-tokens.ts';
import type { Sessions } from '../../account/sessions.ts';
import { newSetupCode } from '../../account/setup-code.ts';
import { changeDevice } from '../../device/changes.ts';
import type { DeviceRecord, DeviceState } from '../../device/section.ts';
import { devicePatch, type DeviceView } from '../../protocol/accounts.ts';
import { type Problem, UbizoError } from '../../protocol/errors.ts';
import type { Sectioned } from '../../storage/section.ts';
import { readJson } from '../bodies.ts';
import { trialOf, type TryKey } from '../key-trial.ts';
import type { Route } from '../route.ts';

const UNDO_MS = 10 * 60_000;

export interface DeviceRouteParts {
  readonly state: Sectioned<DeviceState>;
  readonly keys: Pick<Keys, 'replaceAll'>;
  /** The settings of the box have a key, which comes first. */
  readonly keyIsSet: boolean;
  readonly certificate: () => DeviceView['certificate'];
  readonly problem: () => Problem | undefined;
  readonly sessions: Pick<Sessions, 'closeEvery'>;
  readonly tryKey: TryKey;
  readonly publishingTokens: Pick<PublishingTokens, 'revokeAll'>;
  /** Something was set. */
  readonly onChange: () => void;
}

/** What its owner sets of the box. Keys go in and never come out. */
export function deviceRoutes(parts: DeviceRouteParts): Route[] {
  const { state, keys, sessions, publishingTokens, keyIsSet } = parts;
  /** The setup code before the newest, until it can no longer be brought back. */
  let before: (Pick<DeviceRecord, 'setupCode' | 'setupCodeIsOwners'> & { until: number }) | undefined;

  const view = (): DeviceView => {
    const {
      name,
      openaiKey,
      spendCapUsd = null,
      raisableToUsd = null,
      retention,
      passwordsOverHttp,
    } = state.kept.device;
    const certificate = parts.certificate();
    const problem = parts.problem();
    return {
      name,
      openaiKey: keyIsSet ? 'from settings' : openaiKey === undefined ? 'none' : 'saved',
      spendCapUsd,
      raisableToUsd,
      retention,
      passwordsOverHttp,
      ...(certificate && { certificate }),
      ...(problem && { problem }),
    };
  };

  return [
    {
      method: 'GET',
      path: '/api/device',
      who: 'owner',
      handle: (context) => {
        context.body = view();
      },
    },
    {
      method: 'PATCH',
      path: '/api/device',
      who: 'owner',
      handle: async (context) => {
        const { insist, ...patch } = await readJson(context.req, devicePatch);
        const keyTrial = await trialOf(patch.openaiKey, { tryKey: parts.tryKey, insist });
        await state.update(({ device }) => changeDevice(device, patch));
        parts.onChange();
        const changed: DeviceView = { ...view(), ...(keyTrial && { keyTrial }) };
        context.body = changed;
      },
    },
    {
      method: 'POST',
      path: '/api/device/setup-code',
      who: 'owner',
      handle: async (context) => {
        const { setupCode: old, setupCodeIsOwners } = state.kept.device;
        const setupCode = newSetupCode();
        await state.update(
          ({ device }) => void Object.assign(device, { setupCode, setupCodeIsOwners: true }),
        );
        before = { setupCode: old, setupCodeIsOwners, until: performance.now() + UNDO_MS };
        context.body = { setupCode };
      },
    },
    {
      method: 'DELETE',
      path: '/api/device/setup-code',
      who: 'owner',
      handle: async (context) => {
        if (!before || before.until < performance.now())
          throw new UbizoError('not_found', 'The setup code before this one is forgotten.');
        const { setupCode, setupCodeIsOwners } = before;
        await state.update(({ device }) => {
          device.setupCode = setupCode;
          if (setupCodeIsOwners === undefined) delete device.setupCodeIsOwners;
          else device.setupCodeIsOwners = setupCodeIsOwners;
        });
        before = undefined;
        context.status = 204;
      },
    },
    {
      method: 'POST',
      path: '/api/device/keys',
      who: 'owner',
      handle: async (context) => {
        await sessions.closeEvery();
        await publishingTokens.revokeAll();
        await keys.replaceAll();
        context.status = 204;
      },
    },
  ];
}
