import { setTimeout as wait } from 'node:timers/promises';
import { joinAnswer, type JoinAnswer } from '../../../appliance/protocol/requests.ts';
import { PhoneClient } from '../../peer/phone-client.ts';

/** Phones that have joined, and all come back in one moment: without pages, but told to wait as pages are. */
export class Crowd {
  private readonly url: string;
  private readonly joined: readonly JoinAnswer[];

  private constructor(url: string, joined: readonly JoinAnswer[]) {
    this.url = url;
    this.joined = joined;
  }

  static async join(url: string, code: string, phones: number): Promise<Crowd> {
    const joined: JoinAnswer[] = [];
    for (let i = 0; i < phones; i++) {
      const answer = await fetch(`${url}/api/join`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ code, language: 'floor' }),
      });
      joined.push(joinAnswer.parse(await answer.json()));
    }
    return new Crowd(url, joined);
  }

  /** @returns for each phone from then to its first packet, ms; nothing for one that was not heard in `patienceMs`. */
  async comeBack(patienceMs: number): Promise<readonly (number | undefined)[]> {
    const phones = await Promise.all(
      this.joined.map(async (joined) => {
        const phone = new PhoneClient({ direction: 'recvonly' });
        return { joined, phone, offer: await phone.offer() };
      }),
    );
    const began = performance.now();
    const late = wait(patienceMs, undefined, { ref: false });
    try {
      return await Promise.all(
        phones.map(async ({ joined, phone, offer }) => {
          await phone.accept(await this.answerTo(joined, offer));
          const heard = phone.received(1).then(() => performance.now() - began);
          return Promise.race([heard, late]);
        }),
      );
    } finally {
      await Promise.all(phones.map(({ phone }) => phone.close()));
    }
  }

  private async answerTo({ whep, token }: JoinAnswer, offer: string): Promise<string> {
    for (;;) {
      const answer = await fetch(this.url + whep, {
        method: 'POST',
        headers: { authorization: `Bearer ${token}`, 'content-type': 'application/sdp' },
        body: offer,
      });
      if (answer.ok) return answer.text();
      const seconds = Number(answer.headers.get('retry-after') ?? 1);
      await answer.text();
      await wait(seconds * 1_000 * (1 + Math.random()));
    }
  }
}
