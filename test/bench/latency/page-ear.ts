/** Runs in the visitor's page before the page's own code. Nothing here may refer to anything outside itself. */

/** One beginning of sound in the page; times in ms since the epoch. */
export interface HeardSound {
  readonly kind: 'any' | 'burst';
  /** When Web Audio had it: decoded, and due at the output now but for the output's own delay. */
  readonly at: number;
  /** When its first sample is at the audio output, by the browser's own account of that delay. */
  readonly atOutput: number;
}

interface PageEar {
  tappedAt: number | undefined;
  /** The browser's own account of the delay between Web Audio and its output. */
  outputLatencyMs: number;
  /** The page's connection to the box. */
  peer: RTCPeerConnection | undefined;
  readonly heard: HeardSound[];
  /** When the first line of captions was drawn, ms since the epoch. */
  captionAt: number | undefined;
}

declare global {
  interface Window {
    benchEar: PageEar;
  }
}

/** Looks at every sample; marks the first sound at all, and each loud beginning after 200 ms without. */
const WORKLET = `
registerProcessor('ear', class extends AudioWorkletProcessor {
  any = false;
  quiet = sampleRate;
  process([[samples]]) {
    if (!samples) return true;
    for (let i = 0; i < samples.length; i++) {
      const level = Math.abs(samples[i]);
      if (!this.any && level > 0.003) {
        this.any = true;
        this.tell('any', i);
      }
      if (level < 0.1) this.quiet++;
      else {
        if (this.quiet > 0.2 * sampleRate) this.tell('burst', i);
        this.quiet = 0;
      }
    }
    return true;
  }
  tell(kind, i) {
    this.port.postMessage({ kind, seconds: (currentFrame + i) / sampleRate, at: Date.now() });
  }
});`;

type AddTransceiver = (
  this: RTCPeerConnection,
  ...what: Parameters<RTCPeerConnection['addTransceiver']>
) => RTCRtpTransceiver;

/** @param worklet {@link WORKLET}: the page's own scope is all that this function has. */
function listen(worklet: string): void {
  const ear: PageEar = {
    tappedAt: undefined,
    outputLatencyMs: 0,
    peer: undefined,
    heard: [],
    captionAt: undefined,
  };
  window.benchEar = ear;
  // Suspended until the tap, as the page's own sound is.
  const context = new AudioContext({ latencyHint: 'interactive' });
  const ready = context.audioWorklet.addModule(
    URL.createObjectURL(new Blob([worklet], { type: 'text/javascript' })),
  );
  const attach = async (stream: MediaStream): Promise<void> => {
    await ready;
    const node = new AudioWorkletNode(context, 'ear', { numberOfOutputs: 0 });
    node.port.addEventListener('message', ({ data }: MessageEvent) => {
      const { kind, seconds, at } = data as { kind: HeardSound['kind']; seconds: number; at: number };
      const { contextTime = 0, performanceTime = 0 } = context.getOutputTimestamp();
      ear.outputLatencyMs = (context.outputLatency + context.baseLatency) * 1_000;
      ear.heard.push({
        kind,
        at,
        atOutput: performance.timeOrigin + performanceTime + (seconds - contextTime) * 1_000,
      });
    });
    node.port.start();
    context.createMediaStreamSource(stream).connect(node);
  };
  addEventListener(
    'click',
    () => {
      ear.tappedAt ??= performance.timeOrigin + performance.now();
      void context.resume();
    },
    { capture: true },
  );
  const look = (): void => {
    const captions = document
      .querySelector('ubizo-visitor-page')
      ?.shadowRoot?.querySelector('ubizo-caption-stream');
    if (captions?.shadowRoot?.querySelector('.lines p'))
      ear.captionAt = performance.timeOrigin + performance.now();
    else requestAnimationFrame(look);
  };
  requestAnimationFrame(look);
  const connection = RTCPeerConnection.prototype;
  const addTransceiver: AddTransceiver = Reflect.get(connection, 'addTransceiver');
  connection.addTransceiver = function (...what) {
    ear.peer = this;
    return addTransceiver.apply(this, what);
  };
  // What the page plays is what is listened to: the stream given to its <audio> element.
  const { prototype } = HTMLMediaElement;
  const property = Object.getOwnPropertyDescriptor(prototype, 'srcObject');
  Object.defineProperty(prototype, 'srcObject', {
    configurable: true,
    get(this: HTMLMediaElement) {
      return property?.get?.call(this) as unknown;
    },
    set(this: HTMLMediaElement, value: unknown) {
      property?.set?.call(this, value);
      if (value instanceof MediaStream) void attach(value);
    },
  });
}

/** For `addInitScript`. */
export const PAGE_EAR = `(${listen.toString()})(${JSON.stringify(WORKLET)})`;
