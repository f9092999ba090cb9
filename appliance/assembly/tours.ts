import { gauge } from '../health/metrics.ts';
import { Arrivals } from '../http/arrivals.ts';
import type { CapRule } from '../http/cap-rule.ts';
import { DeskViews } from '../http/desk-views.ts';
import { EntryCodes } from '../http/entry-codes.ts';
import { OpenNews } from '../http/events/open-news.ts';
import { microphoneSocket } from '../http/sound/microphone-socket.ts';
import { TourCodes } from '../http/tour-codes.ts';
import { attendeeRoutes } from '../http/routes/attendees.ts';
import { joinRoutes } from '../http/routes/join.ts';
import { tourRoutes } from '../http/routes/tours.ts';
import { whipRoutes } from '../http/routes/whip.ts';
import type { Ladder } from '../interpreter/ladder/ladder.ts';
import { ABOUT_PER_MINUTE } from '../openai/prices.ts';
import type { Microphones } from '../microphone/microphones.ts';
import type { Problem } from '../protocol/errors.ts';
import type { BoxView, SpendView } from '../protocol/views.ts';
import { TourStore } from '../tour/tour-store.ts';
import type { Tour } from '../tour/tour.ts';
import { Tours } from '../tour/tours.ts';
import type { AccountsPart } from './accounts.ts';
import type { Address } from './address.ts';
import type { IceServersPart } from './ice.ts';
import type { Part } from './part.ts';
import { tourParts, type WhatTheBoxHas } from './tour.ts';
import type { BoxState } from './storage.ts';

export interface ToursPart extends Part {
  readonly tours: Tours;
  readonly store: TourStore;
  readonly deskViews: DeskViews;
  readonly arrivals: Arrivals;
  readonly codes: TourCodes;
  readonly entryCodes: EntryCodes;
  readonly openNews: OpenNews;
  /** Of the tours that go on: what they have cost, US dollars, and the greatest share of a cap that is spent. */
  readonly spend: () => { readonly usd: number; readonly ofCap: number | undefined };
  /** While one is, the box must not be disturbed. */
  readonly isLive: () => boolean;
}

interface WhatToursNeed extends WhatTheBoxHas {
  readonly version: string;
  readonly address: Address;
  readonly state: BoxState;
  readonly accounts: AccountsPart;
  readonly ice: IceServersPart;
  readonly storageProblem: () => Problem | undefined;
}

/** The tours, who comes to them, and the voice that they hear. */
export function toursPart({ version, address, state, storageProblem, ...made }: WhatToursNeed): ToursPart {
  const { accounts, tokens, access, publishingTokens } = made.accounts;
  const { microphones } = made.microphones;
  const offerIceServers = made.ice.offer;
  const store = new TourStore({ state });
  const tours = new Tours({
    store,
    joinUrl: (code) => `${address.url}/j/${code}`,
    boxCapUsd: () => state.kept.device.spendCapUsd,
    defaultMicrophone: () => microphones.first,
    parts: (tour) => tourParts(tour, made),
  });
  const cap = (): CapRule => state.kept.device;
  const deskViews = new DeskViews({ accounts, cap });
  const codes = new TourCodes({ tours });
  const entryCodes = new EntryCodes();
  const arrivals = new Arrivals({ tours, codes, boxName: () => state.kept.device.name });
  const openNews = new OpenNews({ open: () => arrivals.open() });
  tours.accompany(openNews);
  const box = (): Promise<BoxView> => {
    const { chosen: engine } = made.interpreter.engines;
    return boxView({ version, engine, microphones, storageProblem: storageProblem() });
  };
  const goingOn = (): Tour[] =>
    tours.all().filter(({ record: { state: is } }) => is === 'live' || is === 'paused');
  const spend = () => spendOf(goingOn().map((tour) => tour.deskView().spend));
  let unsubscribe: (() => void) | undefined;
  return {
    name: 'tours',
    tours,
    store,
    deskViews,
    arrivals,
    codes,
    entryCodes,
    openNews,
    spend,
    isLive: () => tours.all().some(({ record }) => record.state === 'live'),
    start: () => {
      unsubscribe = made.interpreter.engines.subscribe(() => {
        for (const tour of tours.all()) tour.exchange();
      });
      return tours.start();
    },
    stop: () => {
      unsubscribe?.();
      return tours.stop();
    },
    routes: [
      ...joinRoutes({ codes, entryCodes, tokens, access, accounts, arrivals, offerIceServers }),
      ...tourRoutes({ tours, deskViews, cap, box }),
      ...attendeeRoutes({ tours }),
      ...whipRoutes({ tours, access, publishingTokens, offerIceServers }),
    ],
    sockets: [microphoneSocket({ tours, access })],
    metrics: (registry) => {
      gauge(registry, 'ubizo_live_tours', 'Tours that are live or paused', () => goingOn().length);
      gauge(registry, 'ubizo_spend_usd', 'What these have cost', () => spend().usd);
      gauge(
        registry,
        'ubizo_spend_cap_ratio',
        'Share of its cap that is spent, of the tour nearest to it',
        () => spend().ofCap,
      );
    },
  };
}

function spendOf(spends: readonly SpendView[]): { usd: number; ofCap: number | undefined } {
  const shares = spends.flatMap(({ usd, capUsd }) =>
    capUsd === null ? [] : [capUsd > 0 ? usd / capUsd : 1],
  );
  return {
    usd: spends.reduce((sum, { usd }) => sum + usd, 0),
    ofCap: shares.length === 0 ? undefined : Math.max(...shares),
  };
}

/** What the guide's page needs to know of the box before a tour exists. */
async function boxView({
  version,
  engine,
  microphones,
  storageProblem,
}: {
  version: string;
  engine: Ladder;
  microphones: Microphones;
  storageProblem: Problem | undefined;
}): Promise<BoxView> {
  return {
    version,
    interpreter: engine.name,
    ...(engine.problem && { interpreterProblem: engine.problem }),
    ...(storageProblem && { storageProblem }),
    ...(engine.name === 'openai' && { usdPerMinute: ABOUT_PER_MINUTE }),
    pairs: engine.pairs.map(({ from, to, rough }) => ({ from, to: [...to], rough })),
    microphones: await microphones.list(),
    microphone: microphones.first,
  };
}
