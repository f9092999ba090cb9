import { request } from 'node:http';
import { setTimeout as wait } from 'node:timers/promises';
import { Decoder } from '@evan/opus';
import { RTCPeerConnection, RTCRtpCodecParameters } from 'werift';
import { joinAnswer } from '../../../appliance/protocol/requests.ts';

const OPUS = new RTCRtpCodecParameters({ mimeType: 'audio/opus', clockRate: 48_000, channels: 2 });
/** Root mean square, of full scale: −46 dBFS. */
const HEARD = 0.005;
const ASK_AGAIN_MS = 5;

/** A visitor's phone beside a box that has just been switched on. All times: when, in ms of `performance.now()`. */
export class WakingPhone {
  private readonly port: number;

  constructor({ port }: { port: number }) {
    this.port = port;
  }

  /** Asks until the box calls itself healthy. */
  async healthy(): Promise<number> {
    for (;;) {
      const status = await this.get('/healthz', '127.0.0.1').catch(() => undefined);
      if (status === 200) return performance.now();
      await wait(ASK_AGAIN_MS);
    }
  }

  /** Asks as a phone's system does that has just joined. */
  async portal(): Promise<number> {
    const status = await this.get('/hotspot-detect.html', 'captive.apple.com');
    if (status !== 302) throw new Error(`A probe was answered with ${status}.`);
    const page = await this.get('/portal', '127.0.0.1');
    if (page !== 200) throw new Error(`The portal was answered with ${page}.`);
    return performance.now();
  }

  /** Joins the tour and listens until something is heard. */
  async sound(code: string, language: string): Promise<number> {
    const origin = `http://127.0.0.1:${this.port}`;
    const connection = new RTCPeerConnection({ codecs: { audio: [OPUS] }, iceServers: [] });
    const decoder = new Decoder({ channels: 1, sample_rate: 48_000 });
    const heard = new Promise<number>((resolve) => {
      connection.onTrack.subscribe((track) => {
        track.onReceiveRtp.subscribe(({ payload }) => {
          if (loudness(decoder.decode(payload)) > HEARD) resolve(performance.now());
        });
      });
    });
    connection.addTransceiver('audio', { direction: 'recvonly' });
    await connection.setLocalDescription(await connection.createOffer());
    const joined = await fetch(`${origin}/api/join`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ code, language }),
    });
    const { whep, token } = joinAnswer.parse(await joined.json());
    const answer = await fetch(origin + whep, {
      method: 'POST',
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/sdp' },
      body: connection.localDescription?.sdp ?? '',
    });
    await connection.setRemoteDescription({ type: 'answer', sdp: await answer.text() });
    const at = await heard;
    await connection.close();
    return at;
  }

  private get(path: string, host: string): Promise<number> {
    return new Promise((resolve, reject) => {
      const asking = request(
        { host: '127.0.0.1', port: this.port, path, agent: false, headers: { host } },
        (response) => {
          response.resume();
          response.on('end', () => resolve(response.statusCode ?? 0));
        },
      );
      asking.on('error', reject);
      asking.end();
    });
  }
}

function loudness(bytes: Uint8Array): number {
  const samples = new Int16Array(bytes.buffer, bytes.byteOffset, bytes.byteLength / 2);
  const power = samples.reduce((sum, sample) => sum + (sample / 32_768) ** 2, 0);
  return Math.sqrt(power / Math.max(1, samples.length));
}
