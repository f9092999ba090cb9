import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { forgetOwnerWhenAsked } from './account/forgotten-owner.ts';
import { type Keys, newSigningKey } from './account/keys.ts';
import { newSetupCode } from './account/setup-code.ts';
import { accountParts, accountsRoutes } from './account-parts.ts';
import { boxRoutes, boxView } from './box-parts.ts';
import { Certificate } from './certificate/certificate.ts';
import { Clock } from './clock/clock.ts';
import { StartPhases } from './health/start-phases.ts';
import { DeskViews } from './http/desk-views.ts';
import { healthParts } from './health-parts.ts';
import { HttpServer } from './http/http-server.ts';
import { Refusals } from './http/refusals.ts';
import { attendeeRoutes } from './http/routes/attendees.ts';
import type { Permission } from './http/route.ts';
import { healthRoutes } from './http/routes/health.ts';
import { joinRoutes } from './http/routes/join.ts';
import { tourRoutes } from './http/routes/tours.ts';
import { transcriptRoutes } from './http/routes/transcripts.ts';
import { whepRoutes } from './http/routes/whep.ts';
import { whipRoutes } from './http/routes/whip.ts';
import { Engines } from './interpreter/engines.ts';
import type { InterpreterEngine } from './interpreter/interpreter.ts';
import { Listeners } from './listener/listeners.ts';
import type { Log } from './log.ts';
import { Claims } from './microphone/claims.ts';
import { Microphones } from './microphone/microphones.ts';
import { addressHere, inUrl } from './network/addresses.ts';
import type { Offer } from './network/announcement/records.ts';
import { type BoxCertificate, Network } from './network/network.ts';
import type { Problem } from './protocol/errors.ts';
import { portsOf, type Settings } from './settings.ts';
import { defaultShards, Shards } from './shard/shards.ts';
import { State } from './storage/state.ts';
import type { Tour } from './tour/tour.ts';
import { Tours } from './tour/tours.ts';
import { tourParts } from './tour-parts.ts';
import { Transcripts } from './transcript/transcripts.ts';

const PAGES = fileURLToPath(new URL('../ui/dist', import.meta.url));
const PACKAGE = new URL('../package.json', import.meta.url);

/** What one core of a small board carries, with room for joins: docs/capacity.md. */
const LISTENERS_PER_SHARD = 350;

/** The whole box: the only place that constructs across domains. Starts in order, stops in reverse. */
export class Appliance {
  private readonly settings: Settings;
  private readonly log: Log;
  private readonly state: State;
  private readonly shards: Shards;
  private readonly clock: Clock;
  private readonly transcripts: Transcripts;
  private readonly listeners: Listeners;
  private readonly microphones: Microphones;
  private readonly network: Network;
  private readonly certificate: Certificate;
  private readonly version = (JSON.parse(readFileSync(PACKAGE, 'utf8')) as { version: string }).version;
  private running: { engines: Engines; tours: Tours; server: HttpServer; keys: Keys } | undefined;

  constructor({ settings, log }: { settings: Settings; log: Log }) {
    this.settings = settings;
    this.log = log;
    this.state = new State({
      directory: settings.data,
      first: () => ({ signingKey: newSigningKey(Date.now()), setupCode: newSetupCode() }),
      log,
    });
    this.clock = new Clock({
      seen: () => this.state.device,
      save: (seen) => this.state.update(({ device }) => void Object.assign(device, seen)),
    });
    const { state, clock } = this;
    this.transcripts = new Transcripts({ directory: join(settings.data, 'transcripts'), state, clock, log });
    const portRange = portsOf(settings.mediaPorts);
    const count = settings.shards || defaultShards(portRange);
    this.shards = new Shards({ log, count, portRange });
    this.listeners = new Listeners({
      shards: this.shards,
      max: settings.maxListeners || count * LISTENERS_PER_SHARD,
    });
    this.microphones = new Microphones({
      configured: settings.microphone,
      log,
      openPeer: (connection) => this.shards.open(connection),
    });
    this.network = new Network({
      radio: settings.radio,
      host: settings.host,
      names: (settings.names ?? '').split(/[ ,]+/).filter(Boolean),
      certificate: () => this.boxCertificate,
      offers: () => this.offers(),
      log,
    });
    const { certificate, certificateKey: key } = settings;
    const here = addressHere(settings.host);
    const host = hostname().split('.')[0]?.toLowerCase() ?? 'ubizo';
    this.certificate = new Certificate({
      directory: join(settings.data, 'certificate'),
      supplied: certificate !== undefined && key !== undefined ? { certificate, key } : undefined,
      host,
      names: () => [this.network.localName, host, 'localhost', here, ...this.network.addresses],
      clock,
      onChange: async (pair) => this.running?.server.secure(pair),
      log,
    });
  }

  /** Where the box's own machine asks how it is. */
  get healthUrl(): string {
    return `http://${inUrl(addressHere(this.settings.host))}:${this.port}/healthz`;
  }

  /** Known once started. */
  get setupCode(): string {
    const { setupCode, setupCodeIsOwners } = this.state.device;
    return setupCodeIsOwners ? setupCode : (this.settings.setupCode ?? setupCode);
  }

  /** Where a browser on the visitors' network finds the box; loopback when there is no network. */
  get url(): string {
    const port = this.settings.publicPort ?? this.port;
    const address = this.network.addresses[0] ?? addressHere(this.settings.host);
    return `http://${inUrl(address)}${port === 80 ? '' : `:${port}`}`;
  }

  get port(): number {
    return this.running?.server.port ?? this.settings.httpPort;
  }

  /** Who may call what. */
  get permissions(): readonly Permission[] {
    return this.running?.server.permissions ?? [];
  }

  get interpreter(): InterpreterEngine['name'] | undefined {
    return this.running?.engines.chosen.name;
  }

  /** @throws UbizoError `storage_failed`; whatever a taken port throws. */
  async start(): Promise<void> {
    const { settings, log, state, clock, microphones, transcripts, listeners, shards } = this;
    const phases = new StartPhases();
    phases.end('program');
    await state.start();
    await forgetOwnerWhenAsked({ directory: settings.data, state, log });
    clock.start();
    phases.end('state');
    // Their threads load what they need while this one sees to the rest.
    const shardsReady = shards.start();
    const engines = new Engines({ settings, savedKey: () => state.device.openaiKey, log });
    const claims = new Claims({ isShared: (id) => microphones.isShared(id) });
    const tours = new Tours({
      store: state,
      joinUrl: (code) => `${this.url}/j/${code}`,
      boxCapUsd: () => state.device.spendCapUsd,
      defaultMicrophone: () => this.microphones.first,
      onDeleted: (id) => transcripts.deleted(id),
      parts: (tour) => tourParts(tour, { settings, log, engines, clock, microphones, claims }),
    });
    const people = accountParts({ state, clock, setupCode: () => this.setupCode });
    const { access, accounts, keys, tokens, publishingTokens } = people;
    const deskViews = new DeskViews({ accounts });
    const { version } = this;
    const box = () =>
      boxView({ version, engine: engines.chosen, microphones, storageProblem: this.storageProblem });
    const refusals = new Refusals({ log });
    const storageProblem = () => this.storageProblem;
    const server = new HttpServer({
      host: settings.host,
      port: settings.httpPort,
      httpsPort: settings.httpsPort,
      routes: [
        ...healthRoutes(healthParts({ engines, listeners, shards, tours, refusals, storageProblem })),
        ...accountsRoutes({
          ...people,
          state,
          settings,
          certificate: this.certificate,
          securePort: () => this.securePort,
          problem: () => this.storageProblem ?? this.certificate.problem,
          onChange: () => {
            if (engines.renew()) for (const tour of tours.all()) tour.exchange();
          },
        }),
        ...joinRoutes({ tours, tokens, access, accounts }),
        ...tourRoutes({ tours, listeners, deskViews, box }),
        ...boxRoutes({
          settings,
          version,
          network: this.network,
          needsServer: () => engines.chosen.name === 'openai',
          port: () => settings.publicPort ?? this.port,
          tourIsLive: () => this.tourIsLive,
        }),
        ...attendeeRoutes({ tours }),
        ...transcriptRoutes({ tours, transcripts }),
        ...whepRoutes({ tours, listeners }),
        ...whipRoutes({ tours, access, publishingTokens }),
      ],
      access,
      tokens,
      tours,
      listeners,
      deskViews,
      portal: this.network.portal,
      pagesRoot: PAGES,
      refusals,
      log,
    });
    this.running = { engines, tours, server, keys };
    keys.start();
    tours.subscribe((tour) => this.connect(tour));
    listeners.subscribe(({ tour, attendee, state: connection }) => {
      tours.find(tour)?.attendance.listens(attendee, connection === 'connected');
    });
    tours.start();
    for (const tour of tours.all()) await transcripts.recall(tour);
    transcripts.start();
    phases.end('tours');
    await this.network.start();
    phases.end('network');
    await shardsReady;
    phases.end('shards');
    await server.start();
    phases.end('http');
    await this.certificate.start();
    phases.end('https');
    const started = { ms: phases.milliseconds, version };
    log.info({ port: server.port, interpreter: engines.chosen.name, ...started }, 'ready');
  }

  async stop(): Promise<void> {
    const { running } = this;
    this.running = undefined;
    running?.keys.stop();
    this.certificate.stop();
    await this.network.stop();
    await running?.server.stop();
    await this.shards.stop();
    await running?.tours.stop();
    await running?.engines.stop();
    await this.transcripts.stop();
    await this.clock.stop();
    await this.state.stop();
  }

  /** Of the HTTPS server, when there is one. */
  private get boxCertificate(): BoxCertificate | undefined {
    const { view, publicName } = this.certificate;
    if (!view || this.securePort === undefined) return undefined;
    return { daysLeft: view.daysLeft, ...(publicName !== undefined && { publicName }) };
  }

  /** The port of HTTPS that visitors type: where the firewall leads 80 to the box, it does so with 443. */
  get securePort(): number | undefined {
    const port = this.running?.server.securePort;
    return port !== undefined && this.settings.publicPort === 80 ? 443 : port;
  }

  /** For mDNS (RFC 6763): the pages for anyone, and the box for programs that look for boxes. */
  private offers(): readonly Offer[] {
    const port = this.settings.publicPort ?? this.port;
    const id = createHash('sha256')
      .update(`box ${this.state.device.signingKeys[0]?.id}`)
      .digest('hex')
      .slice(0, 12);
    return [
      { type: 'http', port, txt: { path: '/' } },
      ...(this.securePort === undefined
        ? []
        : [{ type: 'https' as const, port: this.securePort, txt: { path: '/' } }]),
      { type: 'ubizo', port, txt: { version: this.version, id, live: this.tourIsLive ? 'yes' : 'no' } },
    ];
  }

  private get tourIsLive(): boolean {
    return this.running?.tours.all().some(({ record }) => record.state === 'live') ?? false;
  }

  /** What concerns both a tour and others: who must hear another channel or nothing, and what is written down. */
  private connect(tour: Tour): void {
    this.transcripts.follow(tour);
    tour.subscribe((event) => {
      if (event.type === 'removed') this.listeners.of(event.attendee)?.close();
      if (event.type !== 'moved') return;
      for (const { id, language } of event.attendees.values())
        this.listeners.of(id)?.tune(tour.channel(language));
    });
  }

  private get storageProblem(): Problem | undefined {
    return this.state.problem ?? this.transcripts.problem;
  }
}
