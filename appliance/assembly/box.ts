import { CheckUp } from '../health/check-up.ts';
import { boxStateRoutes } from '../http/routes/box-state.ts';
import type { Network } from '../network/network.ts';
import type { BoxStateView, WifiView } from '../protocol/box-state.ts';
import type { Settings } from '../settings.ts';
import type { Address } from './address.ts';
import type { BoxNewsPart } from './box-news.ts';
import type { LastHourPart } from './last-hour.ts';
import type { NetworkPart } from './network.ts';
import type { Part } from './part.ts';
import type { ToursPart } from './tours.ts';

interface WhatTheBoxShows {
  readonly settings: Settings;
  readonly version: string;
  readonly address: Address;
  readonly network: NetworkPart;
  readonly tours: ToursPart;
  readonly boxNews: BoxNewsPart;
  readonly lastHour: LastHourPart;
}

/** How the box itself is, for its guide's page. */
export function boxPart({
  settings,
  version,
  address,
  network: { network },
  tours: { isLive },
  boxNews: { news },
  lastHour: { lastHour, board, uplink, narrowest },
}: WhatTheBoxShows): Part {
  const look = async (): Promise<BoxStateView> => {
    const wifi = wifiOf(network);
    const [seen, way] = await Promise.all([board.look(), uplink.look()]);
    const { publicPort: port } = address;
    return {
      version,
      guideUrl: `http://${network.localName}${port === 80 ? '' : `:${port}`}/guide`,
      ...(wifi && { wifi }),
      ...(wifi?.network === 'own' && { phones: network.leases.all.length }),
      uplink: way,
      board: seen,
      use: news.now(),
      narrowest: narrowest({ board: seen, uplink: way }),
    };
  };
  const checkUp = new CheckUp({ folder: settings.errands });
  return {
    name: 'box',
    routes: boxStateRoutes({ look, lastHour, radio: network.radio, tourIsLive: isLive, checkUp }),
  };
}

function wifiOf({ radio }: Network): WifiView | undefined {
  const { state } = radio;
  if (!state) return undefined;
  const { network, phase, ssid, problem, joinable } = state;
  const passphrase = network === 'own' ? radio.passphrase : undefined;
  return {
    network,
    phase,
    ...(ssid !== undefined && { ssid }),
    ...(passphrase !== undefined && { passphrase }),
    ...(problem && { problem }),
    canJoin: joinable === 'yes',
  };
}
