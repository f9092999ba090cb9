import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { newSetupCode, SetupCode } from './account/setup-code.ts';
import { Tokens } from './account/tokens.ts';
import { FloorChannel } from './channel/floor-channel.ts';
import { InterpretedChannel } from './channel/interpreted-channel.ts';
import { Clock } from './clock/clock.ts';
import { Health } from './health/health.ts';
import { Metrics } from './health/metrics.ts';
import { Access } from './http/access.ts';
import { HttpServer } from './http/http-server.ts';
import { healthRoutes } from './http/routes/health.ts';
import { joinRoutes } from './http/routes/join.ts';
import { sessionRoutes } from './http/routes/session.ts';
import { tourRoutes } from './http/routes/tours.ts';
import { transcriptRoutes } from './http/routes/transcripts.ts';
import { whepRoutes } from './http/routes/whep.ts';
import { whipRoutes } from './http/routes/whip.ts';
import { chooseEngine } from './interpreter/choose-engine.ts';
import type { InterpreterEngine } from './interpreter/interpreter.ts';
import { Listeners } from './listener/listeners.ts';
import type { Log } from './log.ts';
import { Floor } from './microphone/floor.ts';
import { LevelMeter } from './microphone/level.ts';
import { Microphones } from './microphone/microphones.ts';
import { lanAddresses } from './network/addresses.ts';
import type { Problem } from './protocol/errors.ts';
import type { BoxView } from './protocol/views.ts';
import type { Settings } from './settings.ts';
import { defaultShards, Shards } from './shard/shards.ts';
import type { SigningKey } from './storage/records.ts';
import { State } from './storage/state.ts';
import { Booth } from './tour/booth.ts';
import { DeskMicrophone } from './tour/desk-microphone.ts';
import type { Tour, TourParts } from './tour/tour.ts';
import { Tours } from './tour/tours.ts';
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
  private readonly version = (JSON.parse(readFileSync(PACKAGE, 'utf8')) as { version: string }).version;
  private running: { engine: InterpreterEngine; tours: Tours; server: HttpServer } | undefined;

  constructor({ settings, log }: { settings: Settings; log: Log }) {
    this.settings = settings;
    this.log = log;
    this.state = new State({
      directory: settings.data,
      first: () => ({ signingKey: newSigningKey(), setupCode: newSetupCode() }),
      log,
    });
    this.clock = new Clock({
      seen: () => this.state.device,
      save: (seen) => this.state.update(({ device }) => void Object.assign(device, seen)),
    });
    const { state, clock } = this;
    this.transcripts = new Transcripts({ directory: join(settings.data, 'transcripts'), state, clock, log });
    const [first = 0, last = 0] = settings.mediaPorts.split('-').map(Number);
    const count = settings.shards || defaultShards();
    this.shards = new Shards({ log, count, portRange: [first, last] });
    this.listeners = new Listeners({
      shards: this.shards,
      max: settings.maxListeners || count * LISTENERS_PER_SHARD,
    });
    this.microphones = new Microphones({
      configured: settings.microphone,
      log,
      openPeer: (connection) => this.shards.open(connection),
    });
  }

  /** Known once started. */
  get setupCode(): string {
    return this.settings.setupCode ?? this.state.device.setupCode;
  }

  /** Where a browser on the visitors' network finds the box; loopback when there is no network. */
  get url(): string {
    const port = this.running?.server.port ?? this.settings.httpPort;
    const { host } = this.settings;
    const address = host === '0.0.0.0' || host === '::' ? (lanAddresses()[0] ?? '127.0.0.1') : host;
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
    const { settings, log, state, transcripts, listeners, shards } = this;
    await state.start();
    this.clock.start();
    const engine = chooseEngine({ settings, log });
    const tours = new Tours({
      store: state,
      joinUrl: (code) => `${this.url}/j/${code}`,
      defaultMicrophone: () => this.microphones.first,
      onDeleted: (id) => transcripts.deleted(id),
      parts: (tour) => this.parts(tour, engine),
    });
    const tokens = new Tokens({ key: state.device.signingKeys.at(-1)?.key ?? '' });
    const setupCode = new SetupCode({ code: this.setupCode });
    const health = new Health({
      checks: {
        storage: () => {
          const { storageProblem } = this;
          return storageProblem ? { ok: false, detail: storageProblem.message } : { ok: true };
        },
        interpreter: () => ({ ok: true, detail: engine.problem?.code ?? engine.name }),
        listeners: () => ({ ok: true, detail: String(listeners.size) }),
        shards: () =>
          shards.sound ? { ok: true } : { ok: false, detail: 'a thread of connections is being restarted' },
      },
    });
    const metrics = new Metrics({
      listeners: () => listeners.size,
      liveTours: () =>
        tours.all().filter(({ record }) => record.state === 'live' || record.state === 'paused').length,
      lateMsP99: () => Math.max(0, ...shards.punctuality.map(({ lateMsP99 }) => lateMsP99)),
      packetsPerSecond: () => shards.punctuality.reduce((sum, { packets }) => sum + packets, 0),
      droppedPerSecond: () => shards.punctuality.reduce((sum, { dropped }) => sum + dropped, 0),
    });
    const server = new HttpServer({
      host: settings.host,
      port: settings.httpPort,
      routes: [
        ...healthRoutes({ health, metrics }),
        ...sessionRoutes({ setupCode, tokens }),
        ...joinRoutes({ tours, tokens }),
        ...tourRoutes({ tours, listeners, box: () => this.box(engine) }),
        ...transcriptRoutes({ tours, transcripts }),
        ...whepRoutes({ tours, listeners }),
        ...whipRoutes({ tours }),
      ],
      access: new Access({ tokens }),
      tours,
      listeners,
      pagesRoot: PAGES,
      log,
    });
    this.running = { engine, tours, server };
    await this.shards.start();
    tours.subscribe((tour) => this.connect(tour));
    listeners.subscribe(({ tour, attendee, state: connection }) => {
      tours.find(tour)?.attendance.listens(attendee, connection === 'connected');
    });
    tours.start();
    for (const tour of tours.all()) await transcripts.recall(tour);
    transcripts.start();
    await server.start();
    log.info({ port: server.port, interpreter: engine.name, version: this.version }, 'ready');
  }

  async stop(): Promise<void> {
    const { running } = this;
    this.running = undefined;
    await running?.server.stop();
    await this.shards.stop();
    await running?.tours.stop();
    await running?.engine.stop();
    await this.transcripts.stop();
    await this.clock.stop();
    await this.state.stop();
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
    const { log, settings } = this;
    const onSinkError = (error: unknown): void =>
      log.error({ err: error }, 'a listener failed to take a frame');
    const floor = new Floor({
      gated: settings.noiseGate === 'on',
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
      createFloorChannel: (language, onState) =>
        new FloorChannel({ language, floor, frameMs: settings.floorFrameMs, onState, onSinkError }),
      createBooth: (language, { onChange, onCaption }) => {
        const booth: Booth = new Booth({
          tour: tour.record.id,
          from: tour.record.floorLanguage,
          floor,
          channel: new InterpretedChannel({
            language,
            floor,
            underlay: () => tour.record.underlay,
            frameMs: settings.translatedFrameMs,
            onState: () => onChange(),
            onSinkError,
          }),
          engine,
          lingerMs: settings.linger * 1_000,
          now: () => this.clock.now(),
          onChange,
          onCaption,
          log,
        });
        return booth;
      },
    };
  }

  /** What concerns both a tour and others: who must hear another channel, and what is written down. */
  private connect(tour: Tour): void {
    this.transcripts.follow(tour);
    tour.subscribe((event) => {
      if (event.type !== 'moved') return;
      for (const { id, language } of event.attendees.values())
        this.listeners.of(id)?.tune(tour.channel(language));
    });
  }

  private get storageProblem(): Problem | undefined {
    return this.state.problem ?? this.transcripts.problem;
  }

  private async box(engine: InterpreterEngine): Promise<BoxView> {
    return {
      version: this.version,
      interpreter: engine.name,
      ...(engine.problem && { interpreterProblem: engine.problem }),
      ...(this.storageProblem && { storageProblem: this.storageProblem }),
      pairs: engine.pairs.map(({ from, to }) => ({ from, to: [...to] })),
      microphones: await this.microphones.list(),
      microphone: this.microphones.first,
    };
  }
}

function newSigningKey(): SigningKey {
  return {
    id: randomBytes(6).toString('base64url'),
    key: randomBytes(32).toString('base64url'),
    createdAt: Date.now(),
  };
}
