import { expect } from '@open-wc/testing';
import { LitElement } from 'lit';
import type { GuideEvent } from '../../../../../appliance/protocol/guide-events.ts';
import type { DeskSocket } from '../../../../../ui/guide/desk/desk-socket.ts';
import { Pace } from '../../../../../ui/guide/desk/pace/pace.ts';
import { FakeEvents } from '../../../fake-box/fake-events.ts';
import { deskTour } from '../../../fake-box/tours.ts';
import { waitUntil } from '../../../patience.ts';

class Host extends LitElement {
  readonly events = new FakeEvents<GuideEvent>();
  readonly pace = new Pace(this, { socket: this.events as unknown as DeskSocket, shownMs: 200 });
}
customElements.define('pace-host', Host);

describe('the pace', () => {
  let host: Host;
  const felt: unknown[] = [];

  beforeEach(() => {
    felt.length = 0;
    // In place of the browser's own, which is inherited and comes back when this is taken away.
    Object.defineProperty(navigator, 'vibrate', {
      configurable: true,
      value: (pattern: unknown) => felt.push(pattern) > 0,
    });
    host = new Host();
    document.body.append(host);
  });

  afterEach(() => {
    host.remove();
    Reflect.deleteProperty(navigator, 'vibrate');
  });

  it('is felt and shown when the box asks to slow down, for a while', async () => {
    host.events.say({ type: 'nudge', reason: 'lag', language: 'es' });
    expect(felt).to.have.length(1);
    expect(host.pace.nudge).to.include({ reason: 'lag', language: 'es' });
    await waitUntil(() => host.pace.nudge === undefined);
    expect(felt).to.have.length(1);
  });

  it('counts for whom it is too fast, and nobody any more after a snapshot that says nothing', () => {
    host.events.say({ type: 'too-fast', count: 2 });
    expect(host.pace.tooFast).to.equal(2);
    expect(felt, 'what visitors say does not shake the phone').to.deep.equal([]);
    host.events.say({ type: 'tour', snapshot: true, tour: deskTour(), captions: [] });
    expect(host.pace.tooFast).to.equal(0);
  });
});
