import type { JSHandle, Page } from 'playwright-core';

/** What a browser says of its receiver (W3C webrtc-stats, `inbound-rtp`). */
export interface Reception {
  readonly codec: string;
  readonly packetsReceived: number;
  readonly packetsLost: number;
  /** Samples that were played, at 48 kHz, and those among them that it had to invent. */
  readonly played: number;
  readonly concealed: number;
  readonly energy: number;
}

interface Inside {
  readonly connection: RTCPeerConnection;
  readonly audio: HTMLAudioElement;
}

/** One listening connection in a browser's page, without the product's page around it; several have room in one. */
export class BrowserListener {
  readonly offer: string;
  private readonly inside: JSHandle<Inside>;

  private constructor(inside: JSHandle<Inside>, offer: string) {
    this.inside = inside;
    this.offer = offer;
  }

  /** @param red whether it offers RFC 2198 around Opus, as browsers do by themselves. */
  static async offer(page: Page, { red }: { red: boolean }): Promise<BrowserListener> {
    const inside = await page.evaluateHandle(async (red) => {
      const connection = new RTCPeerConnection();
      const audio = new Audio();
      audio.autoplay = true;
      connection.addEventListener('track', ({ streams: [stream] }) => (audio.srcObject = stream ?? null));
      const transceiver = connection.addTransceiver('audio', { direction: 'recvonly' });
      const codecs = RTCRtpReceiver.getCapabilities('audio')?.codecs ?? [];
      transceiver.setCodecPreferences(codecs.filter(({ mimeType }) => red || mimeType !== 'audio/red'));
      await connection.setLocalDescription();
      return { connection, audio };
    }, red);
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
      const codec = all.find(({ id }) => id === inbound['codecId'])?.['mimeType'];
      return {
        codec: typeof codec === 'string' ? codec : '',
        packetsReceived: number('packetsReceived'),
        packetsLost: number('packetsLost'),
        played: number('totalSamplesReceived'),
        concealed: number('concealedSamples'),
        energy: number('totalAudioEnergy'),
      };
    });
  }
}
