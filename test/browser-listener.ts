import type { JSHandle, Page } from 'playwright-core';

/** What a browser says of its receiver (W3C webrtc-stats, `inbound-rtp`). */
export interface Reception {
  /** The SRTP profile that the handshake has agreed to (RFC 5764). */
  readonly cipher: string;
  readonly packetsReceived: number;
  /** Of payload. */
  readonly bytesReceived: number;
  readonly packetsLost: number;
  /** Samples that were played, at 48 kHz, and those among them that it had to invent. */
  readonly played: number;
  readonly concealed: number;
  /** Of the invented ones, those that are no silence. */
  readonly audible: number;
}

interface Inside {
  readonly connection: RTCPeerConnection;
  readonly audio: HTMLAudioElement;
  ear?: AnalyserNode;
}

/** One listening connection in a browser's page, without the product's page around it; several have room in one. */
export class BrowserListener {
  readonly offer: string;
  private readonly inside: JSHandle<Inside>;

  private constructor(inside: JSHandle<Inside>, offer: string) {
    this.inside = inside;
    this.offer = offer;
  }

  /**
   * @param red whether it offers RFC 2198 around Opus, as browsers do by themselves.
   * @param video whether it offers to receive a picture too, before the sound.
   */
  static async offer(
    page: Page,
    {
      red = true,
      video = false,
      bundlePolicy = 'balanced',
    }: { red?: boolean; video?: boolean; bundlePolicy?: RTCBundlePolicy },
  ): Promise<BrowserListener> {
    const inside = await page.evaluateHandle(
      async ({ red, video, bundlePolicy }) => {
        const connection = new RTCPeerConnection({ bundlePolicy });
        if (video) connection.addTransceiver('video', { direction: 'recvonly' });
        const audio = new Audio();
        audio.autoplay = true;
        connection.addEventListener('track', ({ streams: [stream] }) => (audio.srcObject = stream ?? null));
        const transceiver = connection.addTransceiver('audio', { direction: 'recvonly' });
        const codecs = RTCRtpReceiver.getCapabilities('audio')?.codecs ?? [];
        transceiver.setCodecPreferences(codecs.filter(({ mimeType }) => red || mimeType !== 'audio/red'));
        await connection.setLocalDescription();
        const made: Inside = { connection, audio };
        return made;
      },
      { red, video, bundlePolicy },
    );
    const offer = await inside.evaluate(({ connection }) => connection.localDescription?.sdp ?? '');
    return new BrowserListener(inside, offer);
  }

  /** Takes the answer; resolves when it is connected. */
  async connect(answer: string): Promise<void> {
    await this.inside.evaluate(async ({ connection }, sdp) => {
      const connected = new Promise<void>((resolve, reject) => {
        connection.addEventListener('connectionstatechange', () => {
          if (connection.connectionState === 'connected') resolve();
          if (connection.connectionState === 'failed') reject(new Error('no connection'));
        });
      });
      await connection.setRemoteDescription({ type: 'answer', sdp });
      await connected;
    }, answer);
  }

  reception(): Promise<Reception> {
    return this.inside.evaluate(async ({ connection }) => {
      const stats = await connection.getStats();
      const all = [...stats.values()] as Record<string, unknown>[];
      const inbound = all.find(({ type }) => type === 'inbound-rtp') ?? {};
      const number = (name: string): number => Number(inbound[name] ?? 0);
      const transport = all.find(({ type }) => type === 'transport');
      return {
        cipher: (transport?.['srtpCipher'] as string | undefined) ?? '',
        packetsReceived: number('packetsReceived'),
        bytesReceived: number('bytesReceived'),
        packetsLost: number('packetsLost'),
        played: number('totalSamplesReceived'),
        concealed: number('concealedSamples'),
        audible: number('concealedSamples') - number('silentConcealedSamples'),
      };
    });
  }

  /** The loudest pitch that is played just now, Hz, and how far it stands above what is at half and twice that, dB. */
  pitch(): Promise<{ hz: number; aboveDb: number }> {
    return this.inside.evaluate((inside) => {
      const stream = inside.audio.srcObject;
      if (!(stream instanceof MediaStream) || inside.audio.paused) return { hz: 0, aboveDb: 0 };
      inside.ear ??= (() => {
        const context = new AudioContext({ sampleRate: 48_000 });
        const ear = new AnalyserNode(context, { fftSize: 8_192, smoothingTimeConstant: 0 });
        context.createMediaStreamSource(stream).connect(ear);
        return ear;
      })();
      const bins = new Float32Array(inside.ear.frequencyBinCount);
      inside.ear.getFloatFrequencyData(bins);
      const loudest = bins.reduce((best, level, bin) => (level > (bins[best] ?? -Infinity) ? bin : best), 0);
      const beside = Math.max(bins[loudest >> 1] ?? -Infinity, bins[loudest * 2] ?? -Infinity);
      return { hz: (loudest * 48_000) / 8_192, aboveDb: (bins[loudest] ?? -Infinity) - beside };
    });
  }

  /** Hangs up, as a page that is left does. */
  async close(): Promise<void> {
    await this.inside.evaluate(({ connection }) => connection.close());
  }
}
