import { joinAnswer } from '../../../appliance/protocol/requests.ts';
import { type TourDeskView, tourDeskView } from '../../../appliance/protocol/views.ts';
import type { BoxProcess } from '../../box-process.ts';
import { PhoneClient } from '../../peer/phone-client.ts';

interface Heard {
  readonly at: number;
  /** Arrival less the sound's own time, ms: the least of all is a packet that nothing has held up. */
  readonly offset: number;
}

/** A phone that hears the guide's own voice, and notes when. */
export class FloorEar {
  private readonly phone = new PhoneClient({ direction: 'recvonly' });
  private readonly heard: Heard[] = [];

  /** On a tour of its own, which goes live. @param cookie of a guide. @returns the tour. */
  async open(box: BoxProcess, cookie: string, languages = ['es']): Promise<TourDeskView> {
    const ask = async (path: string, body: object): Promise<unknown> => {
      const response = await fetch(box.url + path, {
        method: 'POST',
        headers: { cookie, 'content-type': 'application/json' },
        body: JSON.stringify(body),
      });
      if (!response.ok) throw new Error(`${path}: ${await response.text()}`);
      return response.json();
    };
    const wanted = { name: 'Bench', floorLanguage: 'en', languages };
    const tour = tourDeskView.parse(await ask('/api/tours', wanted));
    await ask(`/api/tours/${tour.id}/start`, {});
    const { whep, token } = joinAnswer.parse(await ask('/api/join', { code: tour.code, language: 'floor' }));
    this.phone.connection.onTrack.subscribe((track) => {
      track.onReceiveRtp.subscribe(({ header }) => {
        const at = performance.now();
        this.heard.push({ at, offset: at - header.timestamp / 48 });
      });
    });
    const answer = await fetch(box.url + whep, {
      method: 'POST',
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/sdp' },
      body: await this.phone.offer(),
    });
    await this.phone.accept(await answer.text());
    await this.phone.connected();
    await this.phone.received(50);
    return tour;
  }

  /** How late each packet between two moments was, ms. */
  lateness(from: number, to: number): number[] {
    const least = this.heard.reduce((smallest, { offset }) => Math.min(smallest, offset), Infinity);
    return this.heard.filter(({ at }) => at >= from && at < to).map(({ offset }) => offset - least);
  }

  async close(): Promise<void> {
    await this.phone.close();
  }
}
