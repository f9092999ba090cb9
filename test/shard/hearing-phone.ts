import type { Channel } from '../../appliance/channel/channel.ts';
import type { SrtpProfile } from '../../appliance/peer/dtls.ts';
import { parseOffer } from '../../appliance/peer/offer.ts';
import type { PeerState } from '../../appliance/peer/peer-options.ts';
import type { ReceiverReport } from '../../appliance/peer/rtcp.ts';
import type { ShardPeer } from '../../appliance/shard/shard-peer.ts';
import type { Shards } from '../../appliance/shard/shards.ts';
import { PhoneClient } from '../peer/phone-client.ts';
import { Relay } from '../peer/relay.ts';

/** A phone whose offer a shard has answered, with a network of its own in between. */
export class HearingPhone {
  readonly phone: PhoneClient;
  readonly relay: Relay;
  readonly peer: ShardPeer;
  readonly states: PeerState[];
  readonly reports: ReceiverReport[];
  /** Where the shard is. */
  readonly port: number;
  private readonly answer: string;

  private constructor(
    parts: Pick<HearingPhone, 'phone' | 'relay' | 'peer' | 'states' | 'reports' | 'port'> & {
      answer: string;
    },
  ) {
    this.phone = parts.phone;
    this.relay = parts.relay;
    this.peer = parts.peer;
    this.states = parts.states;
    this.reports = parts.reports;
    this.port = parts.port;
    this.answer = parts.answer;
  }

  static async offer(
    shards: Shards,
    { channel, profile }: { channel: Channel; profile?: SrtpProfile | undefined },
  ): Promise<HearingPhone> {
    const phone = new PhoneClient({ direction: 'recvonly', ...(profile && { profile }) });
    const states: PeerState[] = [];
    const reports: ReceiverReport[] = [];
    try {
      const { peer, answer } = await shards.open({
        offer: parseOffer(await phone.offer(), { wants: 'receive' }),
        addresses: ['127.0.0.1'],
        events: { onState: (state) => states.push(state), onReport: (report) => reports.push(report) },
      });
      peer.tune(channel);
      const through = await Relay.before(answer.text);
      const port = Number(/^a=candidate:.* (\d+) typ host/m.exec(answer.text)?.[1]);
      return new HearingPhone({ phone, peer, states, reports, port, ...through });
    } catch (error) {
      await phone.close();
      throw error;
    }
  }

  /** Takes the answer; resolves when the phone is connected. */
  async connect(): Promise<void> {
    await this.begin();
    await this.phone.connected();
  }

  /** The phone has the answer, and tries. */
  async begin(): Promise<void> {
    await this.phone.accept(this.answer);
  }

  async close(): Promise<void> {
    await this.phone.close();
    this.relay.close();
  }
}
