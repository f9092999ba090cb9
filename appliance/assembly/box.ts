import { Board } from '../health/board.ts';
import { CheckUp } from '../health/check-up.ts';
import { boxStateRoutes } from '../http/routes/box-state.ts';
import type { Network } from '../network/network.ts';
import { Uplink } from '../network/uplink.ts';
import type { BoxStateView, WifiView } from '../protocol/box-state.ts';
import type { Settings } from '../settings.ts';
import type { Address } from './address.ts';
import type { BoxNewsPart } from './box-news.ts';
import type { InterpreterPart } from './media.ts';
import type { NetworkPart } from './network.ts';
import type { Part } from './part.ts';
import type { ToursPart } from './tours.ts';

/** Where OpenAI's own servers are, when the settings name no others. */
const OPENAI = 'wss://api.openai.com';

interface WhatTheBoxShows {
  readonly settings: Settings;
  readonly version: string;
  readonly address: Address;
  readonly network: NetworkPart;
  readonly interpreter: InterpreterPart;
  readonly tours: ToursPart;
  readonly boxNews: BoxNewsPart;
}

/** How the box itself is, for its guide's page. */
export function boxPart({
  settings,
  version,
  address,
  network: { network },
  interpreter: { engines },
  tours: { isLive },
  boxNews: { news },
}: WhatTheBoxShows): Part {
  const board = new Board({ data: settings.data });
  const server = serverOf(settings.openaiUrl ?? OPENAI);
  // Only where some language is interpreted by a server.
  const uplink = new Uplink({ server: () => (engines.chosen.name === 'openai' ? server : undefined) });
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
    };
  };
  const checkUp = new CheckUp({ folder: settings.errands });
  return {
    name: 'box',
    routes: boxStateRoutes({ look, radio: network.radio, tourIsLive: isLive, checkUp }),
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

function serverOf(url: string): { host: string; port: number } {
  const { hostname, port, protocol } = new URL(url);
  return { host: hostname.replace(/^\[|\]$/g, ''), port: Number(port) || (protocol === 'ws:' ? 80 : 443) };
}
