import type { Channel, FrameSink, SoundLevel } from '../../../appliance/channel/channel.ts';
import { FanOut } from '../../../appliance/channel/fan-out.ts';
import { USUAL_LEVEL } from '../../../appliance/channel/sound-level.ts';
import type { Listener } from '../../../appliance/listener/listener.ts';
import { Listeners } from '../../../appliance/listener/listeners.ts';
import { silentLog } from '../../../appliance/log.ts';
import { parseOffer } from '../../../appliance/peer/offer.ts';
import { BUCKET_MS } from '../../../appliance/shard/lateness.ts';
import { Shards } from '../../../appliance/shard/shards.ts';
import { Lateness } from './lateness.ts';
import type { FanOutServer, SendLateness } from './server.ts';

/** A shard tells of its punctuality once a second. */
const LISTEN_MS = 200;

/** A channel whose frames are handed to it; from there on it is the box's own. */
class FedChannel implements Channel {
  readonly state = 'live';
  readonly queuedMs = 0;
  readonly soundingMs = 0;
  level: SoundLevel = USUAL_LEVEL;
  readonly language: string;
  private readonly duration: number;
  private readonly fanOut = new FanOut({
    onSinkError: (error) => {
      throw error;
    },
  });

  constructor({ language, frameMs }: { language: string; frameMs: number }) {
    this.language = language;
    this.duration = frameMs * 48;
  }

  sounded(): boolean {
    return false;
  }

  subscribe(sink: FrameSink): () => void {
    return this.fanOut.subscribe(sink);
  }

  announce(): void {
    // Nothing is read here.
  }

  cut(): void {
    // The same.
  }

  start(): void {
    // Fed from outside.
  }

  stop(): void {
    // The same.
  }

  feed(payload: Uint8Array, timestamp: number): void {
    const { duration } = this;
    this.fanOut.deliver({ payload, timestamp, duration, marker: false });
  }
}

/** The box's own path: shards, listeners and fan-out as the appliance puts them together. */
export class UbizoServer implements FanOutServer {
  private readonly frameMs: number;
  private readonly shards: Shards;
  private readonly listeners: Listeners;
  private readonly channels = new Map<number, FedChannel>();
  private readonly byId = new Map<string, Listener>();
  private readonly punctuality = new Lateness();
  private listening: NodeJS.Timeout | undefined;
  private readonly heard = new WeakSet<object>();
  private lastAttendee = 0;

  /** @param tooLateMs as the shards' own by default */
  constructor({ frameMs, tooLateMs }: { frameMs: number; tooLateMs?: number }) {
    this.frameMs = frameMs;
    this.shards = new Shards({ log: silentLog(), ...(tooLateMs !== undefined && { tooLateMs }) });
    this.listeners = new Listeners({ shards: this.shards, max: Infinity });
  }

  get size(): number {
    return this.listeners.size;
  }

  async start(): Promise<void> {
    await this.shards.start();
    this.listening = setInterval(() => {
      for (const second of this.shards.punctuality) {
        if (this.heard.has(second)) continue;
        this.heard.add(second);
        second.lateCounts.forEach((count, bucket) => {
          for (let n = 0; n < count; n++)
            this.punctuality.add(Math.min((bucket + 1) * BUCKET_MS, second.lateMsWorst));
        });
      }
    }, LISTEN_MS);
  }

  async stop(): Promise<void> {
    clearInterval(this.listening);
    await this.shards.stop();
  }

  async open(language: number, offer: string): Promise<{ id: string; answer: string }> {
    const { listener, answer } = await this.listeners.open({
      tour: 'bench',
      attendee: String(++this.lastAttendee),
      offer: parseOffer(offer, { wants: 'receive' }),
      addresses: ['127.0.0.1'],
      channel: this.channel(language),
    });
    this.byId.set(listener.id, listener);
    return { id: listener.id, answer: answer.text };
  }

  close(id: string): void {
    this.byId.get(id)?.close();
    this.byId.delete(id);
  }

  feed(language: number, payload: Buffer, timestamp: number): void {
    this.channel(language).feed(payload, timestamp);
  }

  takePunctuality(): SendLateness {
    const { figures } = this.punctuality;
    this.punctuality.clear();
    return figures;
  }

  private channel(language: number): FedChannel {
    const known = this.channels.get(language);
    if (known) return known;
    const made = new FedChannel({ language: `x${language}`, frameMs: this.frameMs });
    this.channels.set(language, made);
    return made;
  }
}
