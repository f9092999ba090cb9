import { type AccountsPart, accountsPart } from './assembly/accounts.ts';
import { Address } from './assembly/address.ts';
import { Assembly } from './assembly/assembly.ts';
import { boxPart } from './assembly/box.ts';
import { companionParts } from './assembly/companions.ts';
import { devicePart } from './assembly/device.ts';
import { figureParts } from './assembly/figures.ts';
import { hearingParts } from './assembly/hearing.ts';
import { type HttpPart, httpPart } from './assembly/http.ts';
import { breakersPart, iceServersPart } from './assembly/ice.ts';
import { type InterpreterPart, interpreterPart, microphonesPart, shardsPart } from './assembly/media.ts';
import { httpsPart, networkPart } from './assembly/network.ts';
import type { Part } from './assembly/part.ts';
import { clockPart, statePart } from './assembly/storage.ts';
import { toursPart } from './assembly/tours.ts';
import { retentionPart, transcriptsPart } from './assembly/transcripts.ts';
import { version } from './assembly/version.ts';
import type { Permission } from './http/route.ts';
import type { InterpreterEngine } from './interpreter/interpreter.ts';
import { type Log, RecentLog } from './log.ts';
import type { Settings } from './settings.ts';

/** The whole box: the list of its parts, started in order and stopped in reverse. What one needs of another is named. */
export class Appliance {
  private readonly log: Log;
  private readonly assembly: Assembly;
  private readonly address: Address;
  private readonly accounts: AccountsPart;
  private readonly interpreting: InterpreterPart;
  private readonly http: HttpPart;

  /** `recent`: what the log has last said, if anybody keeps it. */
  constructor(options: { settings: Settings; log: Log; recent?: RecentLog }) {
    const { settings, log, recent = new RecentLog() } = options;
    const address = new Address({ settings, http: () => this.http, network: () => network });
    const bare = { settings, log, version, address };
    const state = statePart(bare);
    const clock = clockPart(state);
    const box = { ...bare, state: state.state, clock: clock.clock };
    const accounts = accountsPart({ ...box, tryKey: (key) => interpreter.engines.tryKey(key) });
    const shards = shardsPart(box);
    const microphones = microphonesPart({ ...box, shards });
    const breakers = breakersPart();
    const ice = iceServersPart({ ...box, breakers });
    const interpreter: InterpreterPart = interpreterPart({ ...box, breakers });
    const storageProblem = () => state.state.problem ?? transcripts.transcripts.problem;
    const tours = toursPart({ ...box, accounts, microphones, interpreter, ice, storageProblem });
    const transcripts = transcriptsPart({ ...box, tours });
    const { listeners, streams, hearing } = hearingParts({ ...box, accounts, tours, shards, ice });
    const heard = { ...box, shards, ice, microphones, breakers, interpreter, tours, listeners, streams };
    const { pace, quality, companions } = companionParts({ ...heard, accounts, transcripts });
    const network = networkPart({ ...box, tours, https: () => https });
    const measured = { ...heard, recent, pace, quality, network, http: () => this.http };
    const { boxNews, lastHour, figures } = figureParts(measured);
    const https = httpsPart({ ...box, network, http: () => this.http });
    const base = [state, clock, accounts, shards, microphones, transcripts];
    const interpreted = [breakers, ice, interpreter, tours];
    const parts: readonly Part[] = [
      ...base,
      ...interpreted,
      retentionPart(transcripts),
      network,
      boxPart({ ...box, network, tours, boxNews, lastHour }),
      devicePart({ ...box, accounts, https, interpreter, storageProblem }),
      ...hearing,
      ...companions,
      ...figures,
    ];
    this.http = httpPart({ ...measured, accounts, boxNews, parts: [...parts, https] });
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
