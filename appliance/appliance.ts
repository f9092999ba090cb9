import { createHash, randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { newSetupCode, SetupCode } from './account/setup-code.ts';
import { Tokens } from './account/tokens.ts';
import { FloorChannel } from './channel/floor-channel.ts';
import { InterpretedChannel } from './channel/interpreted-channel.ts';
import { Health } from './health/health.ts';
import { Metrics } from './health/metrics.ts';
import { StartPhases } from './health/start-phases.ts';
import { Access } from './http/access.ts';
import { HttpServer } from './http/http-server.ts';
import { healthRoutes } from './http/routes/health.ts';
import { joinRoutes } from './http/routes/join.ts';
import { sessionRoutes } from './http/routes/session.ts';
import { tourRoutes } from './http/routes/tours.ts';
import { whepRoutes } from './http/routes/whep.ts';
import { whipRoutes } from './http/routes/whip.ts';
import { chooseEngine } from './interpreter/choose-engine.ts';
import type { InterpreterEngine } from './interpreter/interpreter.ts';
import { Listeners } from './listener/listeners.ts';
import type { Log } from './log.ts';
import { Floor } from './microphone/floor.ts';
import { LevelMeter } from './microphone/level.ts';
import { Microphones } from './microphone/microphones.ts';
import type { Offer } from './network/announcement/records.ts';
import { type BoxCertificate, Network } from './network/network.ts';
import type { BoxView } from './protocol/views.ts';
import type { Settings } from './settings.ts';
import { State } from './storage/state.ts';
import { Booth } from './tour/booth.ts';
import { DeskMicrophone } from './tour/desk-microphone.ts';
import type { Tour, TourParts } from './tour/tour.ts';
import { Tours } from './tour/tours.ts';

const PAGES = fileURLToPath(new URL('../ui/dist', import.meta.url));
const PACKAGE = new URL('../package.json', import.meta.url);

/** The whole box: the only place that constructs across domains. Starts in order, stops in reverse. */
export class Appliance {
  private readonly settings: Settings;
  private readonly log: Log;
  private readonly state: State;
  private readonly listeners: Listeners;
  private readonly microphones: Microphones;
  private readonly network: Network;
  private readonly version = (JSON.parse(readFileSync(PACKAGE, 'utf8')) as { version: string }).version;
  private running: { engine: InterpreterEngine; tours: Tours; server: HttpServer } | undefined;

  constructor({ settings, log }: { settings: Settings; log: Log }) {
    this.settings = settings;
    this.log = log;
    this.state = new State({
      directory: settings.data,
      first: () => ({ signingKey: randomBytes(32).toString('base64url'), setupCode: newSetupCode() }),
    });
    this.listeners = new Listeners({ log });
    this.microphones = new Microphones({ configured: settings.microphone, log });
    this.network = new Network({
      radio: settings.radio,
      host: settings.host,
      names: (settings.names ?? '').split(/[ ,]+/).filter(Boolean),
      certificate: () => this.certificate(),
      offers: () => this.offers(),
      log,
    });
  }

  /** Where the box's own machine asks how it is. */
  get healthUrl(): string {
    const { host } = this.settings;
    return `http://${host === '0.0.0.0' || host === '::' ? '127.0.0.1' : host}:${this.port}/healthz`;
  }

  /** Known once started. */
  get setupCode(): string {
    return this.settings.setupCode ?? this.state.setupCode;
  }

  /** Where a browser on the visitors' network finds the box; loopback when there is no network. */
  get url(): string {
    const { host } = this.settings;
    const port = this.settings.publicPort ?? this.port;
    const address = this.network.addresses[0] ?? (host === '0.0.0.0' || host === '::' ? '127.0.0.1' : host);
    return `http://${address}${port === 80 ? '' : `:${port}`}`;
  }

  get port(): number {
    return this.running?.server.port ?? this.settings.httpPort;
  }

  get interpreter(): InterpreterEngine['name'] | undefined {
    return this.running?.engine.name;
  }

  /** @throws UbizoError `storage_failed`; whatever a taken port throws. */
  async start(): Promise<void> {
    const { settings, log, state, listeners } = this;
    const phases = new StartPhases();
    phases.end('program');
    await state.start();
    phases.end('state');
    const engine = chooseEngine({ settings, log });
    const tours = new Tours({
      store: state,
      joinUrl: (code) => `${this.url}/j/${code}`,
      defaultMicrophone: () => this.microphones.first,
      parts: (tour) => this.parts(tour, engine),
    });
    const tokens = new Tokens({ key: state.signingKey });
    const setupCode = new SetupCode({ code: this.setupCode });
    const health = new Health({
      checks: {
        storage: () =>
          state.writable
            ? { ok: true }
            : { ok: false, detail: 'the last change could not be saved', lasting: true },
        interpreter: () => ({ ok: true, detail: engine.problem?.code ?? engine.name }),
        listeners: () => ({ ok: true, detail: String(listeners.size) }),
      },
    });
    const metrics = new Metrics({
      listeners: () => listeners.size,
      liveTours: () =>
        tours.all().filter(({ record }) => record.state === 'live' || record.state === 'paused').length,
    });
    const server = new HttpServer({
      host: settings.host,
      port: settings.httpPort,
      routes: [
        ...healthRoutes({ health, metrics }),
        ...sessionRoutes({ setupCode, tokens }),
        ...joinRoutes({ tours, tokens }),
        ...tourRoutes({ tours, listeners, box: () => this.box(engine) }),
        ...whepRoutes({ tours, listeners }),
        ...whipRoutes({ tours }),
      ],
      access: new Access({ tokens }),
      tours,
      listeners,
      portal: this.network.portal,
      pagesRoot: PAGES,
      log,
    });
    this.running = { engine, tours, server };
    listeners.start();
    tours.subscribe((tour) => this.connect(tour));
    listeners.subscribe(({ tour, attendee, state: connection }) => {
      tours.find(tour)?.attendance.listens(attendee, connection === 'connected');
    });
    tours.start();
    phases.end('tours');
    await this.network.start();
    phases.end('network');
    await server.start();
    phases.end('http');
    const started = { ms: phases.milliseconds, version: this.version };
    log.info({ port: server.port, interpreter: engine.name, ...started }, 'ready');
  }

  async stop(): Promise<void> {
    const { running } = this;
    this.running = undefined;
    await this.network.stop();
    await running?.server.stop();
    await this.listeners.stop();
    await running?.tours.stop();
    await running?.engine.stop();
    await this.state.stop();
  }

  /** Of the HTTPS server, when there is one. */
  private certificate(): BoxCertificate | undefined {
    return undefined;
  }

  /** For mDNS (RFC 6763): the pages for anyone, and the box for programs that look for boxes. */
  private offers(): readonly Offer[] {
    const port = this.settings.publicPort ?? this.port;
    const live = this.running?.tours.all().some(({ record }) => record.state === 'live') ?? false;
    const id = createHash('sha256').update(`box ${this.state.signingKey}`).digest('hex').slice(0, 12);
    return [
      { type: 'http', port, txt: { path: '/' } },
      ...(this.certificate() ? [{ type: 'https', port: this.settings.httpsPort, txt: { path: '/' } }] : []),
      { type: 'ubizo', port, txt: { version: this.version, id, live: live ? 'yes' : 'no' } },
    ];
  }

  private parts(
    tour: {
      readonly record: {
        readonly id: string;
        readonly floorLanguage: string;
        readonly underlay: 'quiet' | 'off';
      };
    },
    engine: InterpreterEngine,
  ): TourParts {
    const { log } = this;
    const onSinkError = (error: unknown): void =>
      log.error({ err: error }, 'a listener failed to take a frame');
    const floor = new Floor({
      onListenerError: (error) => log.error({ err: error }, 'a part failed to hear the floor'),
    });
    return {
      floor,
      createMicrophone: (id, output) =>
        new DeskMicrophone(id, {
          floor,
          meter: new LevelMeter(),
          open: (chosen, to) => this.microphones.open(chosen, to),
          ...output,
        }),
      createFloorChannel: (language, onState) => new FloorChannel({ language, floor, onState, onSinkError }),
      createBooth: (language, { onChange, onCaption }) => {
        const booth: Booth = new Booth({
          tour: tour.record.id,
          from: tour.record.floorLanguage,
          floor,
          channel: new InterpretedChannel({
            language,
            floor,
            underlay: () => tour.record.underlay,
            onState: () => onChange(),
            onSinkError,
          }),
          engine,
          lingerMs: this.settings.linger * 1_000,
          onChange,
          onCaption,
          log,
        });
        return booth;
      },
    };
  }

  /** What concerns both a tour and the phones: who listens, and who must hear another channel. */
  private connect(tour: Tour): void {
    tour.subscribe((event) => {
      if (event.type !== 'moved') return;
      this.listeners.of(event.attendee.id)?.tune(tour.channel(event.attendee.language));
    });
  }

  private async box(engine: InterpreterEngine): Promise<BoxView> {
    return {
      version: this.version,
      interpreter: engine.name,
      ...(engine.problem && { interpreterProblem: engine.problem }),
      pairs: engine.pairs.map(({ from, to }) => ({ from, to: [...to] })),
      microphones: await this.microphones.list(),
      microphone: this.microphones.first,
    };
  }
}
