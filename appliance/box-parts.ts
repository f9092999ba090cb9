import { Board } from './health/board.ts';
import { CheckUp } from './health/check-up.ts';
import type { Route } from './http/route.ts';
import { boxStateRoutes } from './http/routes/box-state.ts';
import type { InterpreterEngine } from './interpreter/interpreter.ts';
import type { Microphones } from './microphone/microphones.ts';
import type { Network } from './network/network.ts';
import { Uplink } from './network/uplink.ts';
import type { WifiView } from './protocol/box-state.ts';
import type { Problem } from './protocol/errors.ts';
import type { BoxView } from './protocol/views.ts';
import type { Settings } from './settings.ts';

interface WhatTheStateIsOf {
  readonly settings: Settings;
  readonly version: string;
  readonly network: Network;
  /** Whether some language is interpreted by a server. */
  readonly needsServer: () => boolean;
  readonly port: () => number;
  readonly tourIsLive: () => boolean;
}

/** Where OpenAI's own servers are, when the settings name no others. */
const OPENAI = 'wss://api.openai.com';

/** How the box itself is: the part of the composition root (appliance.ts) that its guide's page shows. */
export function boxRoutes({
  settings,
  version,
  network,
  needsServer,
  port,
  tourIsLive,
}: WhatTheStateIsOf): Route[] {
  const board = new Board({ data: settings.data });
  const server = serverOf(settings.openaiUrl ?? OPENAI);
  const uplink = new Uplink({ server: () => (needsServer() ? server : undefined) });
  return boxStateRoutes({
    look: async () => {
      const wifi = wifiOf(network);
      const [seen, way] = await Promise.all([board.look(), uplink.look()]);
      return {
        version,
        guideUrl: `http://${network.localName}${port() === 80 ? '' : `:${port()}`}/guide`,
        ...(wifi && { wifi }),
        ...(wifi?.network === 'own' && { phones: network.leases.all.length }),
        uplink: way,
        board: seen,
      };
    },
    radio: network.radio,
    tourIsLive,
    checkUp: new CheckUp({ folder: settings.errands }),
  });
}

function wifiOf({ radio }: Network): WifiView | undefined {
  const { state } = radio;
  if (!state) return undefined;
  const { network, phase, ssid, problem, joinable } = state;
  return {
    network,
    phase,
    ...(ssid !== undefined && { ssid }),
    ...(problem && { problem }),
    canJoin: joinable === 'yes',
  };
}

function serverOf(url: string): { host: string; port: number } {
  const { hostname, port, protocol } = new URL(url);
  return { host: hostname.replace(/^\[|\]$/g, ''), port: Number(port) || (protocol === 'ws:' ? 80 : 443) };
}

/** What the guide's page needs to know of the box before a tour exists. */
export async function boxView({
  version,
  engine,
  microphones,
  storageProblem,
}: {
  version: string;
  engine: InterpreterEngine;
  microphones: Microphones;
  storageProblem: Problem | undefined;
}): Promise<BoxView> {
  return {
    version,
    interpreter: engine.name,
    ...(engine.problem && { interpreterProblem: engine.problem }),
    ...(storageProblem && { storageProblem }),
    pairs: engine.pairs.map(({ from, to }) => ({ from, to: [...to] })),
    microphones: await microphones.list(),
    microphone: microphones.first,
  };
}
