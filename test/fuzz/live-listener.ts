import type { SrtcpSession } from 'werift';
import type { SrtpProfile } from '../../appliance/peer/dtls.ts';
import { Listener } from '../../appliance/listener/listener.ts';
import { silentLog } from '../../appliance/log.ts';
import { parseOffer } from '../../appliance/peer/offer.ts';
import type { ReceiverReport } from '../../appliance/peer/rtcp.ts';
import { Shards } from '../../appliance/shard/shards.ts';
import { PhoneClient } from '../peer/phone-client.ts';
import { Relay } from '../peer/relay.ts';
import { numbersOf, SpokenChannel } from '../shard/spoken-channel.ts';

/** Somebody who hears, in a real shard, while others do what they can to disturb it. */
export class LiveListener {
  readonly phone: PhoneClient;
  readonly relay: Relay;
  readonly states: string[] = [];
  readonly port: number;
  readonly reports: ReceiverReport[] = [];
  private readonly shards: Shards;
  private readonly channel: SpokenChannel;
  private readonly listener: Listener;

  private constructor(parts: {
    phone: PhoneClient;
    relay: Relay;
    port: number;
    shards: Shards;
    channel: SpokenChannel;
    listener: Listener;
  }) {
    this.phone = parts.phone;
    this.relay = parts.relay;
    this.port = parts.port;
    this.shards = parts.shards;
    this.channel = parts.channel;
    this.listener = parts.listener;
  }

  static async start(profile?: SrtpProfile): Promise<LiveListener> {
    const shards = new Shards({ log: silentLog(), count: 1 });
    await shards.start();
    const phone = new PhoneClient({ direction: 'recvonly', ...(profile && { profile }) });
    const channel = new SpokenChannel();
    const listener = new Listener({ tour: 'tour', attendee: 'a', onChange: () => undefined });
    let live: LiveListener | undefined;
    const { peer, answer } = await shards.open({
      offer: parseOffer(await phone.offer(), { wants: 'receive' }),
      addresses: ['127.0.0.1'],
      events: {
        onState: (state) => live?.states.push(state),
        onReport: (report) => live?.reports.push(report),
      },
    });
    listener.attach(peer);
    listener.tune(channel);
    const { relay, answer: through } = await Relay.before(answer);
    const port = Number(/^a=candidate:.* (\d+) typ host/m.exec(answer)?.[1]);
    live = new LiveListener({ phone, relay, port, shards, channel, listener });
    await phone.accept(through);
    await phone.connected();
    await live.hears();
    return live;
  }

  /** What the phone protects its RTCP with. */
  get srtcp(): SrtcpSession {
    const [transport] = this.phone.connection.dtlsTransports;
    if (!transport) throw new Error('There is no connection yet.');
    return transport.srtcp;
  }

  /** Says a frame and waits until the phone has it. It may take some: the shard says later than us that it is in. */
  async hears(): Promise<void> {
    const { packets } = this.phone;
    if (packets.length > 0) {
      this.channel.say();
      await this.phone.received(packets.length + 1);
      return;
    }
    const timer = setInterval(() => this.channel.say(), 20);
    await this.phone.received(1);
    clearInterval(timer);
    await this.phone.until(() => numbersOf(packets).at(-1) === this.channel.spoken);
  }

  /** What is wrong with what the phone has heard; nothing, if all went well. */
  get harm(): string[] {
    const { packets } = this.phone;
    return [
      ...(this.shards.sound ? [] : ['the shard died']),
      ...(this.listener.state === 'closed' ? ['the listener was hung up on'] : []),
      ...(new Set(packets.map(({ ssrc }) => ssrc)).size === 1 ? [] : ['another source']),
      ...(gaps(numbersOf(packets)) ? ['a frame is missing'] : []),
      ...(gaps(packets.map(({ sequenceNumber }) => sequenceNumber)) ? ['a number is missing'] : []),
    ];
  }

  async stop(): Promise<void> {
    await this.phone.close();
    this.relay.close();
    await this.shards.stop();
  }
}

function gaps(numbers: readonly number[]): boolean {
  return numbers.some((number, i) => i > 0 && (number - (numbers[i - 1] ?? 0) + 2 ** 16) % 2 ** 16 !== 1);
}
