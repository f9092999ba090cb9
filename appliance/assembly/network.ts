import { createHash } from 'node:crypto';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { Certificate } from '../certificate/certificate.ts';
import type { Clock } from '../clock/clock.ts';
import type { HttpServer } from '../http/http-server.ts';
import { authorityRoutes } from '../http/routes/authority.ts';
import type { Log } from '../log.ts';
import { addressHere } from '../network/addresses.ts';
import type { Offer } from '../network/announcement/records.ts';
import { type BoxCertificate, Network } from '../network/network.ts';
import type { Settings } from '../settings.ts';
import type { Address } from './address.ts';
import type { Part } from './part.ts';
import type { ToursPart } from './tours.ts';
import type { BoxState } from './storage.ts';

export interface NetworkPart extends Part {
  readonly network: Network;
}

interface WhatTheNetworkNeeds {
  readonly settings: Settings;
  readonly log: Log;
  readonly state: BoxState;
  readonly version: string;
  readonly address: Address;
  readonly tours: ToursPart;
  /** Which is made after it. */
  readonly https: () => HttpsPart;
}

/** The box as phones meet it before they know of tours. */
export function networkPart({
  settings,
  log,
  state,
  version,
  address,
  tours,
  https,
}: WhatTheNetworkNeeds): NetworkPart {
  const shown = (): BoxCertificate | undefined => {
    const { view, publicName } = https().certificate;
    if (!view || address.securePort === undefined) return undefined;
    return { daysLeft: view.daysLeft, ...(publicName !== undefined && { publicName }) };
  };
  const network = new Network({
    radio: settings.radio,
    host: settings.host,
    names: (settings.names ?? '').split(/[ ,]+/).filter(Boolean),
    certificate: shown,
    boxName: () => state.kept.device.name,
    offers: () => offers({ state, version, address, live: tours.isLive() }),
    log,
  });
  return { name: 'network', network, start: () => network.start(), stop: () => network.stop() };
}

/** For mDNS (RFC 6763): the pages for anyone, and the box for programs that look for boxes. */
function offers({
  state,
  version,
  address: { publicPort: port, securePort },
  live,
}: {
  state: BoxState;
  version: string;
  address: Address;
  live: boolean;
}): readonly Offer[] {
  const id = createHash('sha256')
    .update(`box ${state.kept.device.signingKeys[0]?.id}`)
    .digest('hex')
    .slice(0, 12);
  return [
    { type: 'http', port, txt: { path: '/' } },
    ...(securePort === undefined ? [] : [{ type: 'https' as const, port: securePort, txt: { path: '/' } }]),
    { type: 'ubizo', port, txt: { version, id, live: live ? 'yes' : 'no' } },
  ];
}

export interface HttpsPart extends Part {
  readonly certificate: Certificate;
}

/** HTTPS: begins once there is a certificate, after HTTP. */
export function httpsPart({
  settings,
  log,
  clock,
  network: { network },
  http,
}: {
  settings: Settings;
  log: Log;
  clock: Clock;
  network: NetworkPart;
  /** Which is made after it. */
  http: () => { readonly server: Pick<HttpServer, 'secure'> };
}): HttpsPart {
  const { certificate: file, certificateKey: key } = settings;
  const host = hostname().split('.')[0]?.toLowerCase() ?? 'ubizo';
  const certificate = new Certificate({
    directory: join(settings.data, 'certificate'),
    supplied: file !== undefined && key !== undefined ? { certificate: file, key } : undefined,
    host,
    names: () => [network.localName, host, 'localhost', addressHere(settings.host), ...network.addresses],
    clock,
    onChange: (pair) => http().server.secure(pair),
    log,
  });
  return {
    name: 'https',
    certificate,
    start: () => certificate.start(),
    stop: () => certificate.stop(),
    routes: authorityRoutes({ authority: () => certificate.authority }),
  };
}
