import { fixture, html } from '@open-wc/testing';
import type { TourDeskView } from '../../../../appliance/protocol/views.ts';
import type { TourDesk } from '../../../../ui/guide/desk/tour-desk.ts';
import '../../../../ui/guide/desk/tour-desk.ts';
import { type Call, FakeHttp, json } from '../../fake-box/fake-http.ts';
import { FakeSockets } from '../../fake-box/fake-sockets.ts';
import { box, deskTour } from '../../fake-box/tours.ts';
import { waitUntil } from '../../patience.ts';
import { deep } from '../../shadow.ts';

/** The whole desk of tour `t1`, live, on a box that this test plays, and that answers whether it is there. */
export class OpenDesk {
  readonly http = new FakeHttp();
  readonly sockets = new FakeSockets();
  desk!: TourDesk;

  async open(change: Partial<TourDeskView> = {}): Promise<void> {
    this.http.on('GET /api/box', () => json(box));
    this.desk = await fixture<TourDesk>(html`<ubizo-tour-desk .tourId=${'t1'}></ubizo-tour-desk>`);
    await waitUntil(() => this.sockets.opened.length > 0 && this.sockets.last.readyState === WebSocket.OPEN);
    const { last } = this.sockets;
    const keep = last.send.bind(last);
    last.send = (frame) => (frame.includes('"ping"') ? last.say({ type: 'pong' }) : keep(frame));
    this.say({ type: 'tour', snapshot: true, tour: deskTour(change), captions: [] });
    await waitUntil(() => deep(this.desk, 'ubizo-state-panel'));
  }

  close(): void {
    this.desk.remove();
    this.sockets.restore();
    this.http.restore();
    localStorage.clear();
  }

  say(event: object): void {
    this.sockets.last.say(event);
  }

  /** What the page has told the box of this type. */
  told(type: string): unknown[] {
    return this.sockets.last.received.filter((message) => (message as { type: string }).type === type);
  }

  /** From now on this is done. */
  allow(...routes: string[]): void {
    for (const route of routes) this.http.on(route, () => new Response(null, { status: 204 }));
  }

  /** The call that was made, once it was. */
  async asked(route: string): Promise<Call> {
    await waitUntil(() => this.http.asked(route).length > 0, route);
    return this.http.asked(route).at(-1)!;
  }

  // oxlint-disable-next-line typescript/no-unnecessary-type-parameters -- the caller knows, as with querySelector()
  find<T extends Element = HTMLElement>(...path: string[]): T {
    const found = deep<T>(this.desk, ...path);
    if (!found) throw new Error(`The desk has no ${path.join(' ')}.`);
    return found;
  }

  press(...path: string[]): void {
    this.find<HTMLButtonElement>(...path).click();
  }
}

/** A button of an element by what it says. */
export function buttonNamed(root: Element | ShadowRoot, name: string): HTMLButtonElement {
  const named = [...root.querySelectorAll('button')].find(({ textContent }) => textContent.trim() === name);
  if (!named) throw new Error(`There is no button “${name}”.`);
  return named;
}
