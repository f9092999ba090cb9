import { OpusDecoder } from 'opus-decoder';
import { Lateness } from '../../../../appliance/protocol/lateness.ts';
import { readSoundFrame, type SoundFrame } from '../../../../appliance/protocol/sound-frame.ts';
import type { RecoveryCause } from '../../../../appliance/protocol/recovery.ts';
import type { Totals } from '../../quality/sound-looks.ts';
import { Holes } from './holes.ts';
import { Playout } from './playout.ts';
import type { Way, WayOpened, WayParts } from './way.ts';

/** Until the box has said the first word, ms: on a LAN it takes a tenth of a second. */
const OPEN_MS = 3_000;
/** The box says something every second; without it for so long the socket leads nowhere, ms. */
const SILENT_MS = 3_000;
/** Older sound is of no use, ms. */
const LATE_MS = 400;

export interface SocketSoundParts extends WayParts {
  readonly context: AudioContext;
  readonly onClosed: () => void;
}

/** The sound of a tour as it comes over a WebSocket (docs/protocol.md), played as it comes. */
export class SocketSound implements Way {
  private readonly parts: SocketSoundParts;
  private readonly decoder = new OpusDecoder({ channels: 1, sampleRate: 48_000 });
  private readonly playout = new Playout();
  private readonly lateness = new Lateness();
  private readonly holes = new Holes();
  readonly node: GainNode;
  private readonly playing = new Set<AudioBufferSourceNode>();
  private socket: WebSocket | undefined;
  private timer: ReturnType<typeof setTimeout> | undefined;
  private settle: ((opened: WayOpened) => void) | undefined;
  private closed = false;

  constructor(parts: SocketSoundParts) {
    this.parts = parts;
    this.node = parts.context.createGain();
  }

  open(language: string): Promise<WayOpened> {
    const { promise, resolve } = Promise.withResolvers<WayOpened>();
    this.settle = resolve;
    this.expectWord(OPEN_MS);
    this.begin(language).catch(() => this.fail('no-answer'));
    return promise;
  }

  /** What the box is told over the events moves this socket too. */
  switch(): void {}

  close(): void {
    if (this.closed) return;
    this.closed = true;
    clearTimeout(this.timer);
    this.socket?.close();
    for (const source of this.playing) source.stop();
    this.node.disconnect();
    // Not before it is there.
    void this.decoder.ready.then(() => this.decoder.free());
    this.parts.onClosed();
    this.opened({ is: 'failed', reason: 'no-answer' });
  }

  private async begin(language: string): Promise<void> {
    const { context, token, tour } = this.parts;
    const [pass] = await Promise.all([token(), this.decoder.ready, context.resume()]);
    if (this.closed) return;
    this.node.connect(context.destination);
    const query = new URLSearchParams({ token: pass, language });
    const url = new URL(`/api/tours/${tour()}/sound?${query.toString()}`, location.href);
    url.protocol = url.protocol === 'https:' ? 'wss:' : 'ws:';
    const socket = new WebSocket(url);
    socket.binaryType = 'arraybuffer';
    this.socket = socket;
    socket.addEventListener('message', ({ data }: MessageEvent<unknown>) => this.hear(data));
    socket.addEventListener('close', () => this.fail('hung-up'));
  }

  private hear(data: unknown): void {
    // While the phone plays nothing, during a call for example, sound must not gather: it would come all at once.
    if (this.closed || this.parts.context.state !== 'running') return;
    this.expectWord(SILENT_MS);
    this.opened({ is: 'playing' });
    // It tells of another channel.
    if (typeof data === 'string') this.holes.forget();
    const frame = data instanceof ArrayBuffer ? readSoundFrame(new Uint8Array(data)) : undefined;
    if (!frame || frame.pcm) return;
    const late = this.lateness.of(frame.timestamp, performance.now()) > LATE_MS;
    if (frame.sound.length === 0) return;
    const at = late ? undefined : this.play(frame);
    this.holes.take({ at, duration: frame.duration / 48_000, marker: frame.marker });
  }

  readonly played = (): Totals | undefined =>
    this.parts.context.state === 'running' ? this.holes.played : undefined;

  /** @returns when, s on the player's clock. */
  private play(frame: SoundFrame): number | undefined {
    const { context } = this.parts;
    const { channelData, samplesDecoded } = this.decoder.decodeFrame(frame.sound);
    const [samples] = channelData;
    const at = this.playout.timeOf(frame, context.currentTime);
    if (!samples || samplesDecoded === 0 || at === undefined) return undefined;
    const buffer = context.createBuffer(1, samplesDecoded, 48_000);
    buffer.copyToChannel(new Float32Array(samples.subarray(0, samplesDecoded)), 0);
    const source = context.createBufferSource();
    source.buffer = buffer;
    source.connect(this.node);
    this.playing.add(source);
    source.addEventListener('ended', () => this.playing.delete(source));
    source.start(at);
    return at;
  }

  private expectWord(ms: number): void {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => {
      this.fail(this.parts.context.state === 'running' ? 'no-packets' : 'no-sound');
    }, ms);
  }

  private opened(opened: WayOpened): void {
    this.settle?.(opened);
    this.settle = undefined;
  }

  private fail(reason: RecoveryCause): void {
    if (this.closed) return;
    const wasOpening = this.settle !== undefined;
    this.opened({ is: 'failed', reason });
    this.close();
    if (!wasOpening) this.parts.onLost(reason);
  }
}
