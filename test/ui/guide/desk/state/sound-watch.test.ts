import { aTimeout, expect } from '@open-wc/testing';
import { LitElement } from 'lit';
import type { GuideEvent } from '../../../../../appliance/protocol/guide-events.ts';
import type { DeskSocket } from '../../../../../ui/guide/desk/desk-socket.ts';
import { SoundWatch } from '../../../../../ui/guide/desk/state/sound-watch.ts';
import { DeskTour } from '../../../../../ui/guide/desk/tour/desk-tour.ts';
import { FakeEvents } from '../../../fake-box/fake-events.ts';
import { deskTour } from '../../../fake-box/tours.ts';
import { waitUntil } from '../../../patience.ts';

const SILENT_MS = 300;

class Host extends LitElement {
  readonly events = new FakeEvents<GuideEvent>();
  readonly tour = new DeskTour(this, this.events as unknown as DeskSocket);
  readonly watch = new SoundWatch(this, {
    socket: this.events as unknown as DeskSocket,
    tour: this.tour,
    silentMs: SILENT_MS,
  });
}
customElements.define('sound-watch-host', Host);

describe('the watch over the sound', () => {
  let host: Host;

  beforeEach(() => {
    host = new Host();
    document.body.append(host);
    host.tour.show(deskTour());
  });

  afterEach(() => host.remove());

  const level = (heard: boolean): void => host.events.say({ type: 'level', rmsDb: -50, peakDb: -40, heard });

  it('misses sound that does not come, until it does', async () => {
    await waitUntil(() => host.watch.soundless);
    level(false);
    expect(host.watch.soundless).to.equal(true);
    level(true);
    expect(host.watch.soundless).to.equal(false);
    await waitUntil(() => host.watch.soundless);
  });

  it('misses none of a guide who is muted', async () => {
    host.tour.show(deskTour({ muted: true }));
    // Longer than it would wait.
    await aTimeout(2 * SILENT_MS);
    expect(host.watch.soundless).to.equal(false);
  });
});
