import { once } from 'node:events';
import type { EventLoopUtilization } from 'node:perf_hooks';
import { MessageChannel, Worker } from 'node:worker_threads';
import { nanoid } from 'nanoid';
import type { Channel } from '../channel/channel.ts';
import type { Log } from '../log.ts';
import type { IceAnswer } from '../peer/ice-fragment.ts';
import type { PeerView } from '../peer/peer.ts';
import type { RedundancyDistance, RtpProgress } from '../peer/rtp-stream.ts';
import { UbizoError } from '../protocol/errors.ts';
import { Feeds } from './feeds.ts';
import type { FromShard, Punctuality, Request, ShardData, ToShard } from './messages.ts';
import { type Connection, ShardPeer } from './shard-peer.ts';

const SCRIPT = new URL(import.meta.url.endsWith('.ts') ? './worker.ts' : './worker.js', import.meta.url);
/** A thread that dies again and again is started ever more slowly, ms. */
const FIRST_PAUSE_MS = 50;
const LONGEST_PAUSE_MS = 5_000;
/** Alive for this long, and its earlier deaths are forgotten, ms. */
const SOUND_AFTER_MS = 30_000;
/**
 * V8 begins to mark a thread's whole heap, tens of milliseconds with a thousand phones, as soon as less is left of its
 * old generation's allowance than its young generation may take: so that may take no more than handshakes need.
 */
const YOUNG_MB = 48;

interface Thread {
  readonly worker: Worker;
  readonly feeds: Feeds;
  readonly since: number;
}

export interface ShardOptions {
  readonly ports: readonly number[];
  readonly maxPtime: number;
  readonly tooLateMs?: number | undefined;
  readonly log: Log;
}

/**
 * One worker thread full of connections, as the main thread sees it. When the thread dies, its connections are over,
 * their owners are told so, and a new thread takes its place; the other shards and the floor do not notice.
 */
export class Shard {
  punctuality: Punctuality | undefined;
  private readonly options: ShardOptions;
  private readonly peers = new Map<string, ShardPeer>();
  private readonly requests = new Map<
    number,
    { resolve: (value: IceAnswer | undefined) => void; reject: (reason: UbizoError) => void }
  >();
  /** Who wants to know how far a stream came that is over here, and not yet in the thread. */
  private readonly ending = new Map<string, (sent: RtpProgress) => void>();
  private readonly looks = new Map<number, (view: PeerView | undefined) => void>();
  private thread: Thread | undefined;
  private utilization: { of: Worker; at: EventLoopUtilization } | undefined;
  private starting: Promise<void> | undefined;
  private lastRequest = 0;
  private pauseMs = FIRST_PAUSE_MS;
  private stopped = true;

  constructor(options: ShardOptions) {
    this.options = options;
  }

  /** Connections, those that are just being made included. */
  get load(): number {
    return this.peers.size;
  }

  /** Share of the time since this was last asked that the thread was at work, 0 to 1. */
  takeBusy(): number {
    const { worker } = this.thread ?? {};
    if (!worker) return 0;
    const now = worker.performance.eventLoopUtilization();
    const before = this.utilization?.of === worker ? this.utilization.at : undefined;
    this.utilization = { of: worker, at: now };
    return worker.performance.eventLoopUtilization(now, before).utilization;
  }

  get running(): boolean {
    return this.thread !== undefined;
  }

  /** Resolves when the thread takes connections. @throws what keeps it from starting. */
  async start(): Promise<void> {
    this.stopped = false;
    this.starting ??= this.launch();
    await this.starting;
  }

  async stop(): Promise<void> {
    this.stopped = true;
    await this.starting?.catch(() => undefined);
    const { thread } = this;
    if (!thread) return;
    const exited = once(thread.worker, 'exit');
    for (const peer of this.peers.values()) peer.close();
    this.send({ type: 'stop' });
    await exited;
  }

  async kill(): Promise<void> {
    await this.thread?.worker.terminate();
  }

  /** @throws UbizoError `bad_sdp`, `media_port_unavailable`, `listener_not_found` when the thread dies meanwhile. */
  async open({ events, ...connection }: Connection): Promise<{ peer: ShardPeer; answer: IceAnswer }> {
    const { offer } = connection;
    const takesRedundancy = offer.wants === 'receive' && offer.red !== undefined;
    const peer = new ShardPeer({ id: nanoid(), shard: this, events, takesRedundancy });
    this.peers.set(peer.id, peer);
    try {
      await this.starting;
      const answer = await this.request({ type: 'open', peer: peer.id, ...connection });
      if (!answer) throw over();
      return { peer, answer };
    } catch (error) {
      this.peers.delete(peer.id);
      throw error;
    }
  }

  /** @throws UbizoError as the shard refuses, or `listener_not_found` when it is not there. */
  request(message: Request): Promise<IceAnswer | undefined> {
    const request = ++this.lastRequest;
    return new Promise((resolve, reject) => {
      if (!this.thread) {
        reject(over());
        return;
      }
      this.requests.set(request, { resolve, reject });
      this.send({ ...message, request });
    });
  }

  send(message: ToShard): void {
    // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread, not a window
    this.thread?.worker.postMessage(message);
  }

  /** A connection as the thread sees it; nothing when it, or the thread, is gone. */
  look(peer: string): Promise<PeerView | undefined> {
    const request = ++this.lastRequest;
    return new Promise((resolve) => {
      if (!this.thread) return resolve(undefined);
      this.looks.set(request, resolve);
      this.send({ type: 'look', request, peer });
    });
  }

  join(peer: string, channel: Channel): void {
    if (this.thread) this.send({ type: 'tune', peer, channel: this.thread.feeds.join(channel) });
  }

  leave(channel: Channel): void {
    this.thread?.feeds.leave(channel);
  }

  repeat(peer: string, distance: RedundancyDistance, before: RedundancyDistance): void {
    if (!this.thread) return;
    this.thread.feeds.farListeners += Number(distance === 2) - Number(before === 2);
    this.send({ type: 'repeat', peer, distance });
  }

  forget(peer: ShardPeer): void {
    this.peers.delete(peer.id);
    if (this.thread && peer.events.onSent) this.ending.set(peer.id, peer.events.onSent);
  }

  private async launch(): Promise<void> {
    const { ports, maxPtime, tooLateMs } = this.options;
    const { port1, port2 } = new MessageChannel();
    const data: ShardData = {
      ports,
      maxPtime,
      tooLateMs,
      timeOrigin: performance.timeOrigin,
      frames: port2,
    };
    const worker = new Worker(SCRIPT, {
      workerData: data,
      transferList: [port2],
      name: 'shard',
      resourceLimits: { maxYoungGenerationSizeMb: YOUNG_MB },
    });
    const feeds = new Feeds({ frames: port1 });
    worker.on('message', (message: FromShard) => this.take(message));
    const died = new Promise<never>((_, reject) => worker.once('error', reject));
    // The rejection is for who waits for the start; later deaths are handled on exit.
    died.catch((error: unknown) => this.options.log.error({ err: error }, 'a shard failed'));
    worker.once('exit', () => {
      port1.close();
      feeds.stop();
      this.ended(worker);
    });
    await Promise.race([once(worker, 'message'), died]);
    this.thread = { worker, feeds, since: performance.now() };
  }

  private ended(worker: Worker): void {
    const { thread } = this;
    this.starting = undefined;
    if (thread?.worker === worker) {
      this.thread = undefined;
      if (performance.now() - thread.since > SOUND_AFTER_MS) this.pauseMs = FIRST_PAUSE_MS;
    }
    for (const { reject } of this.requests.values()) reject(over());
    this.requests.clear();
    for (const resolve of this.looks.values()) resolve(undefined);
    this.looks.clear();
    for (const peer of this.peers.values()) peer.changed('closed');
    this.peers.clear();
    this.ending.clear();
    if (this.stopped) return;
    this.options.log.error('a shard died and is started again');
    this.starting = new Promise<void>((resolve) => setTimeout(resolve, this.pauseMs)).then(() =>
      this.stopped ? undefined : this.launch(),
    );
    this.starting.catch(() => undefined);
    this.pauseMs = Math.min(LONGEST_PAUSE_MS, this.pauseMs * 2);
  }

  private take(message: FromShard): void {
    switch (message.type) {
      case 'ready':
        break;
      case 'done':
        this.requests.get(message.request)?.resolve(message.value);
        this.requests.delete(message.request);
        break;
      case 'refused':
        this.requests
          .get(message.request)
          ?.reject(new UbizoError(message.problem.code, message.problem.message));
        this.requests.delete(message.request);
        break;
      case 'seen':
        this.looks.get(message.request)?.(message.view);
        this.looks.delete(message.request);
        break;
      case 'state':
        this.peers.get(message.peer)?.changed(message.state);
        if (message.sent) this.ending.get(message.peer)?.(message.sent);
        if (message.sent) this.ending.delete(message.peer);
        break;
      case 'reports':
        for (const { peer, ...report } of message.reports) this.peers.get(peer)?.events.onReport?.(report);
        break;
      case 'packet':
        this.peers.get(message.peer)?.events.onPacket?.(message.payload, message.sequenceNumber);
        break;
      case 'punctuality':
        this.punctuality = message;
    }
  }
}

function over(): UbizoError {
  return new UbizoError('listener_not_found', 'This connection is over; offer a new one.');
}
