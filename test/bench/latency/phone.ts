import { Decoder } from '@evan/opus';
import { RTCPeerConnection, RTCRtpCodecParameters } from 'werift';
import { FLOOR_RATE } from '../../../appliance/floor/floor-frame.ts';
import type { BenchBox } from './bench-box.ts';
import { MODEL_HERTZ } from './model.ts';

const OPUS = new RTCRtpCodecParameters({ mimeType: 'audio/opus', clockRate: 48_000, channels: 2 });
/** Of full scale; the guide under the translation stays far below it at this pitch. */
const CLEAR = 0.03;

/** A listener without a jitter buffer and without a loudspeaker: it knows when each packet came and what is in it. */
export class Phone {
  /** Each packet: when it came (ms of `performance.now()`), and whether the model is heard in it. */
  readonly packets: { readonly at: number; readonly translated: boolean }[] = [];
  private readonly connection = new RTCPeerConnection({ codecs: { audio: [OPUS] }, iceServers: [] });
  private readonly decoder = new Decoder({ channels: 1, sample_rate: FLOOR_RATE });

  async listen(box: BenchBox, language: string): Promise<void> {
    const joined = await box.join(language);
    this.connection.onTrack.subscribe((track) => {
      track.onReceiveRtp.subscribe(({ payload }) => {
        const at = performance.now();
        this.packets.push({ at, translated: this.modelIn(payload) });
      });
    });
    this.connection.addTransceiver('audio', { direction: 'recvonly' });
    await this.connection.setLocalDescription(await this.connection.createOffer());
    const answer = await box.listen(joined, this.connection.localDescription?.sdp ?? '');
    await this.connection.setRemoteDescription({ type: 'answer', sdp: answer });
  }

  async hangUp(): Promise<void> {
    await this.connection.close();
  }

  /** The strength of the model's pitch in a frame (Goertzel). */
  private modelIn(payload: Buffer): boolean {
    const bytes = this.decoder.decode(payload);
    const samples = new Int16Array(bytes.buffer, bytes.byteOffset, bytes.byteLength / 2);
    const turn = 2 * Math.cos((2 * Math.PI * MODEL_HERTZ) / FLOOR_RATE);
    let before = 0;
    let last = 0;
    for (const sample of samples) [before, last] = [last, sample / 32_768 + turn * last - before];
    const power = last * last + before * before - turn * last * before;
    return Math.sqrt(power) / (samples.length / 2) > CLEAR;
  }
}
