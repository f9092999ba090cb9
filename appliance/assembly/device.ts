import { deviceRoutes } from '../http/routes/device.ts';
import type { Problem } from '../protocol/errors.ts';
import type { Settings } from '../settings.ts';
import type { AccountsPart } from './accounts.ts';
import type { InterpreterPart } from './media.ts';
import type { HttpsPart } from './network.ts';
import type { Part } from './part.ts';
import type { BoxState } from './storage.ts';

interface WhatTheOwnerSets {
  readonly settings: Settings;
  readonly state: BoxState;
  readonly accounts: AccountsPart;
  readonly https: HttpsPart;
  readonly interpreter: InterpreterPart;
  readonly storageProblem: () => Problem | undefined;
}

/** What the owner sets of the box. */
export function devicePart({
  settings,
  state,
  accounts: { keys, sessions, publishingTokens },
  https: { certificate },
  interpreter: { engines },
  storageProblem,
}: WhatTheOwnerSets): Part {
  return {
    name: 'device',
    routes: deviceRoutes({
      state,
      keys,
      sessions,
      publishingTokens,
      keyIsSet: settings.openaiApiKey !== undefined,
      certificate: () => certificate.view,
      problem: () => storageProblem() ?? certificate.problem,
      tryKey: (key) => engines.tryKey(key),
      onChange: () => engines.renew(),
    }),
  };
}
