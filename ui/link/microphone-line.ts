import { writeSoundFrame } from '../../appliance/protocol/sound-frame.ts';

/** What the box hears speech at; browsers convert to it, but for those that refuse to. */
const FLOOR_RATE = 24_000;
const FRAME_MS = 20;
/** Sound that waits here for so long would be late, ms: what comes then is left out. */
const LATE_MS = 400;
/** Until the box has said that it hears, ms. */
const OPEN_MS = 5_000;
/** Before it is tried anew, ms. */
const PAUSE_MS = 1_500;

export interface MicrophoneLineOptions {
  /** Where the box takes it: a path. */
  readonly path: string;
  readonly track: MediaStreamTrack;
  readonly onChange: (open: boolean) => void;
}

/**
 * This phone's microphone to the box over a WebSocket (docs/protocol.md), as samples in frames of 20 ms: for networks in
 * which WHIP does not connect. Made anew for as long as it is wanted.
 */
export class MicrophoneLine {
  private readonly options: MicrophoneLineOptions;
  private context: AudioContext | undefined;
  private socket: WebSocket | undefined;
  private timer: ReturnType<typeof setTimeout> | undefined;
  private open = false;
  private stopped = false;
  private frame = new Uint8Array();
  private filled = 0;
  private sequence = 0;

  constructor(options: MicrophoneLineOptions) {
    this.options = options;
  }

  start(): void {
    const context = contextFor(this.options.track);
    this.context = context;
    this.frame = new Uint8Array((context.sampleRate * FRAME_MS * 2) / 1_000);
    // An AudioWorklet would need a file of its own for what is four lines; frames that come late are left out anyway.
    const source = context.createMediaStreamSource(new MediaStream([this.options.track]));
    const taker = context.createScriptProcessor(512, 1, 1);
    taker.onaudioprocess = ({ inputBuffer }) => this.take(inputBuffer.getChannelData(0));
    source.connect(taker);
    taker.connect(context.destination);
    void context.resume();
    this.connect();
  }

  stop(): void {
    this.stopped = true;
    clearTimeout(this.timer);
    this.socket?.close();
    void this.context?.close();
    this.show(false);
  }

  private connect(): void {
    if (this.stopped || !this.context) return;
    const url = new URL(this.options.path, location.href);
    url.protocol = url.protocol === 'https:' ? 'wss:' : 'ws:';
    url.searchParams.set('rate', String(this.context.sampleRate));
    const socket = new WebSocket(url);
    socket.binaryType = 'arraybuffer';
    this.socket = socket;
    this.timer = setTimeout(() => socket.close(), OPEN_MS);
    socket.addEventListener('message', () => {
      clearTimeout(this.timer);
      this.show(true);
    });
    socket.addEventListener('close', () => {
      clearTimeout(this.timer);
      this.show(false);
      if (!this.stopped) this.timer = setTimeout(() => this.connect(), PAUSE_MS);
    });
  }

  private take(samples: Float32Array): void {
    const view = new DataView(this.frame.buffer);
    for (const sample of samples) {
      view.setInt16(this.filled, Math.max(-1, Math.min(1, sample)) * 32_767, true);
      this.filled += 2;
      if (this.filled < this.frame.length) continue;
      this.filled = 0;
      this.send();
    }
  }

  private send(): void {
    const { socket, frame } = this;
    const sequence = this.sequence++;
    const mostWaiting = (frame.length * LATE_MS) / FRAME_MS;
    if (!this.open || socket?.readyState !== WebSocket.OPEN || socket.bufferedAmount > mostWaiting) return;
    socket.send(
      writeSoundFrame({
        marker: false,
        pcm: true,
        duration: FRAME_MS * 48,
        sequence,
        timestamp: Math.round(performance.now() * 48),
        sound: frame,
      }),
    );
  }

  private show(open: boolean): void {
    if (this.open === open) return;
    this.open = open;
    this.options.onChange(open);
  }
}

/** Firefox takes a microphone only at the rate of its device (one that twenty milliseconds divide: 44.1 and 48 kHz do). */
function contextFor(track: MediaStreamTrack): AudioContext {
  const context = new AudioContext({ sampleRate: FLOOR_RATE, latencyHint: 'interactive' });
  try {
    context.createMediaStreamSource(new MediaStream([track])).disconnect();
    return context;
  } catch {
    void context.close();
    return new AudioContext({ latencyHint: 'interactive' });
  }
}
