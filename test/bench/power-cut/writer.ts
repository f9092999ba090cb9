import type { TourDeskView } from '../../../appliance/protocol/views.ts';
import type { BoxProcess } from '../../box-process.ts';

/** What of a tour is written; undefined: there is no such tour. */
export type Tour = Pick<TourDeskView, 'name' | 'languages' | 'state'> | undefined;

/** A tour as it was acknowledged, and as it may also be, because an answer did not come before the power went. */
interface Known {
  acknowledged: Tour;
  asked: Tour | 'nothing';
}

const LANGUAGES = ['es', 'fr', 'de', 'ja', 'it'];

/** A guide who changes tours without a pause, one after the other, and knows what was acknowledged. */
export class Writer {
  acknowledged = 0;
  private readonly known = new Map<string, Known>();
  private creating = false;
  private serial = 0;
  private readonly name: string;

  constructor(name: string) {
    this.name = name;
  }

  /** Until the box no longer answers. */
  async write(box: BoxProcess): Promise<void> {
    try {
      for (;;) await this.step(box);
    } catch {
      // The power is gone.
    }
  }

  /** @returns what was acknowledged and is not there, in words. Takes what is there as known. */
  compare(found: ReadonlyMap<string, Tour>): string[] {
    const lost: string[] = [];
    for (const [id, known] of this.known) {
      const tour = found.get(id);
      if (!same(tour, known.acknowledged) && !(known.asked !== 'nothing' && same(tour, known.asked)))
        lost.push(`${id}: ${JSON.stringify(known)} became ${JSON.stringify(tour)}`);
      if (tour) this.known.set(id, { acknowledged: tour, asked: 'nothing' });
      else this.known.delete(id);
    }
    // A tour whose making was not acknowledged may be there all the same, and then it is this writer's.
    for (const [id, tour] of found) {
      if (!tour?.name.startsWith(`${this.name} `) || this.known.has(id)) continue;
      if (!this.creating) lost.push(`${id}: nobody made ${JSON.stringify(tour)}`);
      this.known.set(id, { acknowledged: tour, asked: 'nothing' });
    }
    this.creating = false;
    return lost;
  }

  private async step(box: BoxProcess): Promise<void> {
    const ids = [...this.known.keys()];
    const id = ids[Math.floor(Math.random() * ids.length)];
    if (id === undefined || (ids.length < 4 && Math.random() < 0.3)) return this.create(box);
    const tour = this.known.get(id)?.acknowledged;
    if (!tour || tour.state === 'ended' || Math.random() < 0.1)
      return this.change(id, undefined, () => box.call(`/api/tours/${id}`, { method: 'DELETE' }));
    if (Math.random() < 0.3) {
      const [step, state] = nextStep(tour.state);
      return this.change(id, { ...tour, state }, () =>
        box.call(`/api/tours/${id}/${step}`, { method: 'POST' }),
      );
    }
    const patch =
      Math.random() < 0.5
        ? { name: this.newName() }
        : { languages: LANGUAGES.filter(() => Math.random() < 0.6) };
    if (patch.languages?.length === 0) return undefined;
    return this.change(id, { ...tour, ...patch }, () =>
      box.call(`/api/tours/${id}`, { method: 'PATCH', body: patch }),
    );
  }

  private async create(box: BoxProcess): Promise<void> {
    this.creating = true;
    const body = { name: this.newName(), floorLanguage: 'en', languages: ['es'] };
    const response = await box.call('/api/tours', { method: 'POST', body });
    const { id, name, languages, state } = (await expectOk(response).json()) as TourDeskView;
    this.creating = false;
    this.acknowledged++;
    this.known.set(id, { acknowledged: { name, languages, state }, asked: 'nothing' });
  }

  private async change(id: string, asked: Tour, call: () => Promise<Response>): Promise<void> {
    const known = this.known.get(id);
    if (!known) return;
    known.asked = asked;
    const response = expectOk(await call());
    // An answer that broke off is one all the same: its status was on the wire after the write.
    this.acknowledged++;
    known.acknowledged = asked;
    known.asked = 'nothing';
    if (!asked) this.known.delete(id);
    await response.arrayBuffer();
  }

  private newName(): string {
    return `${this.name} ${++this.serial}`;
  }
}

function nextStep(state: TourDeskView['state']): [string, TourDeskView['state']] {
  if (state === 'ready') return ['start', 'live'];
  if (Math.random() < 0.3) return ['end', 'ended'];
  return state === 'live' ? ['pause', 'paused'] : ['resume', 'live'];
}

function expectOk(response: Response): Response {
  if (!response.ok) throw new Error(`${response.url}: ${response.status}`);
  return response;
}

function same(a: Tour, b: Tour): boolean {
  return (
    JSON.stringify(a && [a.name, a.languages, a.state]) ===
    JSON.stringify(b && [b.name, b.languages, b.state])
  );
}
