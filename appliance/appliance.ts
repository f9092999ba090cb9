import { readFileSync } from 'node:fs';
import { type AccountsPart, accountsPart } from './assembly/accounts.ts';
import { Address } from './assembly/address.ts';
import { Assembly } from './assembly/assembly.ts';
import { boxNewsPart } from './assembly/box-news.ts';
import { boxPart } from './assembly/box.ts';
import { devicePart } from './assembly/device.ts';
import { diagnosticsPart } from './assembly/diagnostics.ts';
import { type HttpPart, httpPart } from './assembly/http.ts';
import { breakersPart, iceServersPart } from './assembly/ice.ts';
import { lastHourPart } from './assembly/last-hour.ts';
import { type ListenersPart, listenersPart } from './assembly/listeners.ts';
import { type InterpreterPart, interpreterPart, microphonesPart, shardsPart } from './assembly/media.ts';
import { httpsPart, networkPart } from './assembly/network.ts';
import { pacePart } from './assembly/pace.ts';
import type { Part } from './assembly/part.ts';
import { qualityPart } from './assembly/quality.ts';
import { soundCheckPart } from './assembly/sound-check.ts';
import { clockPart, statePart } from './assembly/storage.ts';
import { streamsPart } from './assembly/streams.ts';
import { toursPart } from './assembly/tours.ts';
import { retentionPart, transcriptsPart } from './assembly/transcripts.ts';
import type { TryKey } from './http/key-trial.ts';
import type { Permission } from './http/route.ts';
import type { InterpreterEngine } from './interpreter/interpreter.ts';
import { type Log, RecentLog } from './log.ts';
import type { Settings } from './settings.ts';

const PACKAGE = new URL('../package.json', import.meta.url);
const { version } = JSON.parse(readFileSync(PACKAGE, 'utf8')) as { version: string };

export interface ApplianceOptions {
  readonly settings: Settings;
  readonly log: Log;
  /** What the log has last said, if anybody keeps it. */
  readonly recent?: RecentLog;
}

/** The whole box: the list of its parts, started in order and stopped in reverse. What one needs of another is named. */
export class Appliance {
  private readonly log: Log;
  private readonly assembly: Assembly;
  private readonly address: Address;
  private readonly accounts: AccountsPart;
  private readonly interpreting: InterpreterPart;
  private readonly http: HttpPart;

  constructor({ settings, log, recent = new RecentLog() }: ApplianceOptions) {
    const address = new Address({ settings, http: () => this.http, network: () => network });
    const bare = { settings, log, version, address };
    const state = statePart(bare);
    const clock = clockPart(state);
    const box = { ...bare, state: state.state, clock: clock.clock };
    const tryKey: TryKey = (key) => interpreter.engines.tryKey(key);
    const accounts = accountsPart({ ...box, tryKey });
    const shards = shardsPart(box);
    const microphones = microphonesPart({ ...box, shards });
    const breakers = breakersPart();
    const ice = iceServersPart({ ...box, breakers });
    const interpreter = interpreterPart({ ...box, breakers });
    const storageProblem = () => state.state.problem ?? transcripts.transcripts.problem;
    const tours = toursPart({ ...box, accounts, microphones, interpreter, ice, storageProblem });
    const transcripts = transcriptsPart({ ...box, tours });
    const streams = streamsPart({ ...box, accounts, tours, listeners: () => listeners });
    const listeners: ListenersPart = listenersPart({ ...box, tours, shards, streams, ice });
    const pace = pacePart({ tours });
    const quality = qualityPart({ tours, listeners });
    const soundCheck = soundCheckPart({ ...box, tours, microphones, interpreter });
    const boxNews = boxNewsPart({ listeners, streams, interpreter, breakers });
    const network = networkPart({ ...box, tours, https: () => https });
    const lastHour = lastHourPart({ ...box, shards, interpreter, tours, boxNews, pace, quality, network });
    const https = httpsPart({ ...box, network, http: () => this.http });
    const parts: readonly Part[] = [
      state,
      clock,
      accounts,
      shards,
      microphones,
      transcripts,
      breakers,
      ice,
      interpreter,
      tours,
      retentionPart(transcripts),
      network,
      boxPart({ ...box, network, tours, boxNews, lastHour }),
      devicePart({ ...box, accounts, https, interpreter, storageProblem }),
      listeners,
      streams,
      pace,
      quality,
      soundCheck,
      boxNews,
      lastHour,
      diagnosticsPart({
        ...box,
        recent,
        tours,
        listeners,
        quality,
        streams,
        shards,
        breakers,
        boxNews,
        lastHour,
        http: () => this.http,
      }),
    ];
    const served = { ...box, accounts, tours, listeners, streams, pace, quality, network, boxNews };
    this.http = httpPart({ ...served, parts: [...parts, https] });
    this.assembly = new Assembly({ parts: [...parts, this.http, https], log });
    this.log = log;
    this.address = address;
    this.accounts = accounts;
    this.interpreting = interpreter;
  }

  /** Where the box's own machine asks how it is. */
  get healthUrl(): string {
    return this.address.healthUrl;
  }

  /** Known once started. */
  get setupCode(): string {
    return this.accounts.currentSetupCode();
  }

  /** Where a browser on the visitors' network finds the box; loopback when there is no network. */
  get url(): string {
    return this.address.url;
  }

  get port(): number {
    return this.address.port;
  }

  /** The port of HTTPS that visitors type. */
  get securePort(): number | undefined {
    return this.address.securePort;
  }

  /** Who may call what. */
  get permissions(): readonly Permission[] {
    return this.http.server.permissions;
  }

  get interpreter(): InterpreterEngine['name'] {
    return this.interpreting.engines.chosen.name;
  }

  /** @throws UbizoError `storage_failed`; whatever a taken port throws. Then nothing of it is left running. */
  async start(): Promise<void> {
    const ms = await this.assembly.start();
    if (ms) this.log.info({ port: this.port, interpreter: this.interpreter, ms, version }, 'ready');
  }

  stop(): Promise<void> {
    return this.assembly.stop();
  }
}
