import type { SrtcpSession } from 'werift';
import { silentLog } from '../../appliance/log.ts';
import type { SrtpProfile } from '../../appliance/peer/dtls.ts';
import { Shards } from '../../appliance/shard/shards.ts';
import { HearingPhone } from '../shard/hearing-phone.ts';
import { isRising, numbersOf, SpokenChannel } from '../shard/spoken-channel.ts';

/** Somebody who hears, in a real shard, while others do what they can to disturb it. */
export class LiveListener {
  readonly hearing: HearingPhone;
  private readonly shards: Shards;
  private readonly channel: SpokenChannel;

  private constructor(hearing: HearingPhone, shards: Shards, channel: SpokenChannel) {
    this.hearing = hearing;
    this.shards = shards;
    this.channel = channel;
  }

  static async start(profile?: SrtpProfile): Promise<LiveListener> {
    const shards = new Shards({ log: silentLog(), count: 1 });
    await shards.start();
    const channel = new SpokenChannel();
    const hearing = await HearingPhone.offer(shards, { channel, profile });
    await hearing.connect();
    await channel.sayUntil(() => hearing.phone.packets.length > 0);
    await hearing.phone.until(() => numbersOf(hearing.phone.packets).at(-1) === channel.spoken);
    return new LiveListener(hearing, shards, channel);
  }

  /** What the phone protects its RTCP with. */
  get srtcp(): SrtcpSession {
    const [transport] = this.hearing.phone.connection.dtlsTransports;
    if (!transport) throw new Error('There is no connection yet.');
    return transport.srtcp;
  }

  /** Says a frame and waits until the phone has it. */
  async hears(): Promise<void> {
    const { phone } = this.hearing;
    this.channel.say();
    await phone.until(() => numbersOf(phone.packets).at(-1) === this.channel.spoken);
  }

  /** What is wrong with what the phone has heard; nothing, if all went well. */
  get harm(): string[] {
    const { phone, peer } = this.hearing;
    const { packets } = phone;
    return [
      ...(this.shards.sound ? [] : ['the shard died']),
      ...(peer.state === 'connected' ? [] : [`the listener is ${peer.state}`]),
      ...(new Set(packets.map(({ ssrc }) => ssrc)).size === 1 ? [] : ['another source']),
      ...(isRising(numbersOf(packets)) ? [] : ['a frame is missing']),
      ...(isRising(packets.map(({ sequenceNumber }) => sequenceNumber)) ? [] : ['a number is missing']),
    ];
  }

  async stop(): Promise<void> {
    await this.hearing.close();
    await this.shards.stop();
  }
}
