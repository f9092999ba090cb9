import type { Keys } from '../../account/keys.ts';
import type { PublishingTokens } from '../../account/publishing-tokens.ts';
import type { Sessions } from '../../account/sessions.ts';
import { newSetupCode } from '../../account/setup-code.ts';
import { changeDevice } from '../../device/changes.ts';
import type { DeviceState } from '../../device/section.ts';
import { devicePatch, type DeviceView } from '../../protocol/accounts.ts';
import type { Problem } from '../../protocol/errors.ts';
import type { Sectioned } from '../../storage/section.ts';
import { readJson } from '../bodies.ts';
import type { Route } from '../route.ts';

export interface DeviceRouteParts {
  readonly state: Sectioned<DeviceState>;
  readonly keys: Pick<Keys, 'replaceAll'>;
  /** The settings of the box have a key, which comes first. */
  readonly keyIsSet: boolean;
  readonly certificate: () => DeviceView['certificate'];
  readonly problem: () => Problem | undefined;
  readonly sessions: Pick<Sessions, 'closeEvery'>;
  readonly publishingTokens: Pick<PublishingTokens, 'revokeAll'>;
  /** Something was set. */
  readonly onChange: () => void;
}

/** What its owner sets of the box. Keys go in and never come out. */
export function deviceRoutes(parts: DeviceRouteParts): Route[] {
  const { state, keys, sessions, publishingTokens, keyIsSet } = parts;

  const view = (): DeviceView => {
    const { name, openaiKey, spendCapUsd = null, retention, passwordsOverHttp } = state.kept.device;
    const certificate = parts.certificate();
    const problem = parts.problem();
    return {
      name,
      openaiKey: keyIsSet ? 'from settings' : openaiKey === undefined ? 'none' : 'saved',
      spendCapUsd,
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
        const patch = await readJson(context.req, devicePatch);
        await state.update(({ device }) => changeDevice(device, patch));
        parts.onChange();
        context.body = view();
      },
    },
    {
      method: 'POST',
      path: '/api/device/setup-code',
      who: 'owner',
      handle: async (context) => {
        const setupCode = newSetupCode();
        await state.update(
          ({ device }) => void Object.assign(device, { setupCode, setupCodeIsOwners: true }),
        );
        context.body = { setupCode };
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
