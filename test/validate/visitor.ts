import { joinAnswer, type JoinAnswer } from '../../appliance/protocol/requests.ts';
import { toneDb } from '../e2e/sound.ts';
import { type Event, Page } from '../http/test-box.ts';
import { rmsDb } from '../microphone/waveform.ts';
import { PhoneClient } from '../peer/phone-client.ts';
import { Relay } from '../peer/relay.ts';

const RATE = 24_000;
/** Quieter than that nobody hears it, dBFS. */
const AUDIBLE_DB = -50;
/** A tone that stands out of speech, dB. */
const TONE_DB = -35;

/** Somebody who comes to the tour: joins, listens over a network that can be broken, and reads the events. */
export class Visitor {
  readonly joined: JoinAnswer;
  readonly page: Page;
  private url: string;
  private phone: PhoneClient;
  private relay: Relay | undefined;

  private constructor(url: string, joined: JoinAnswer) {
    this.url = url;
    this.joined = joined;
    this.page = pageOf(url, joined);
    this.phone = new PhoneClient({ direction: 'recvonly' });
  }

  static async join(url: string, { code, language }: { code: string; language: string }): Promise<Visitor> {
    const response = await fetch(`${url}/api/join`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ code, language }),
    });
    if (!response.ok) throw new Error(await response.text());
    const visitor = new Visitor(url, joinAnswer.parse(await response.json()));
    await visitor.connect();
    return visitor;
  }

  get packets(): PhoneClient['packets'] {
    return this.phone.packets;
  }

  /** An offer, through a network of its own, until the connection stands. */
  async connect(): Promise<void> {
    const response = await fetch(this.url + this.joined.whep, {
      method: 'POST',
      headers: { 'content-type': 'application/sdp', authorization: `Bearer ${this.joined.token}` },
      body: await this.phone.offer(),
    });
    if (!response.ok) throw new Error(await response.text());
    const { relay, answer } = await Relay.before(await response.text());
    this.relay = relay;
    await this.phone.accept(answer);
    await this.phone.connected();
  }

  /** With the pass that they have, to a box that may be another one by now. */
  async comeBack(url: string): Promise<void> {
    await this.leave();
    this.url = url;
    this.phone = new PhoneClient({ direction: 'recvonly' });
    await this.connect();
  }

  /** Loses this share of the packets to the phone, evenly; 1: all, in both directions. */
  lose(share: number): void {
    if (!this.relay) return;
    let due = 0;
    this.relay.down = () => {
      due += share;
      if (due < 1) return true;
      due -= 1;
      return false;
    };
    this.relay.up = () => share < 1;
  }

  /** Until half a second of what has come since now is heard. @returns ms. */
  heard(hz?: number): Promise<number> {
    return this.heardSince(this.phone.packets.length, performance.now(), hz);
  }

  private async heardSince(from: number, began: number, hz?: number): Promise<number> {
    await this.phone.until(() => {
      const newest = this.phone.packets.slice(from).slice(-25);
      const sound = this.phone.sound(newest);
      if (sound.length < RATE / 4) return false;
      return rmsDb(sound) > AUDIBLE_DB && (hz === undefined || toneDb(sound, hz, RATE) > TONE_DB);
    });
    return Math.round(performance.now() - began);
  }

  /** So many more packets have come. */
  async received(more: number): Promise<void> {
    await this.phone.received(this.phone.packets.length + more);
  }

  async told(matches: (event: Event) => boolean): Promise<Event> {
    return this.page.event(matches, this.page.events.length);
  }

  async leave(): Promise<void> {
    this.page.close();
    await this.phone.close();
    this.relay?.close();
    this.relay = undefined;
  }
}

function pageOf(url: string, { events }: JoinAnswer): Page {
  return new Page(url.replace('http', 'ws') + events, {});
}
