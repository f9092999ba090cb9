import {
  type BoxStateView,
  type CheckUpsView,
  type CheckUpView,
  wifiRequest,
} from '../../protocol/box-state.ts';
import type { LastHourView } from '../../protocol/last-hour.ts';
import { UbizoError } from '../../protocol/errors.ts';
import { readJson } from '../bodies.ts';
import type { Route } from '../route.ts';

export interface BoxStateRouteParts {
  readonly look: () => Promise<BoxStateView>;
  readonly lastHour: { view(): LastHourView };
  readonly radio: {
    own(): Promise<void>;
    join(wifi: { readonly ssid: string; readonly passphrase: string }): Promise<void>;
  };
  readonly tourIsLive: () => boolean;
  readonly checkUp: { view(): Promise<CheckUpsView>; make(): Promise<CheckUpView> };
}

/** How the box is, which Wi-Fi it is on, and its check-up. */
export function boxStateRoutes({ look, lastHour, radio, tourIsLive, checkUp }: BoxStateRouteParts): Route[] {
  return [
    {
      method: 'GET',
      path: '/api/box/state',
      who: 'guide',
      handle: async (context) => {
        context.body = await look();
      },
    },
    {
      method: 'GET',
      path: '/api/box/last-hour',
      who: 'owner',
      handle: (context) => {
        context.body = lastHour.view();
      },
    },
    {
      method: 'POST',
      path: '/api/box/wifi',
      who: 'guide',
      handle: async (context) => {
        const wanted = await readJson(context.req, wifiRequest);
        if (tourIsLive()) {
          throw new UbizoError(
            'tour_state',
            'A tour is live, and every phone would lose it. Pause or end it before you switch the Wi-Fi.',
          );
        }
        if (wanted.network === 'own') await radio.own();
        else await radio.join(wanted);
        context.status = 202;
        context.body = await look();
      },
    },
    {
      method: 'GET',
      path: '/api/box/check-up',
      who: 'owner',
      handle: async (context) => {
        context.body = await checkUp.view();
      },
    },
    {
      method: 'POST',
      path: '/api/box/check-up',
      who: 'owner',
      handle: async (context) => {
        context.body = await checkUp.make();
      },
    },
  ];
}
