import { expect } from '@open-wc/testing';
import { LitElement } from 'lit';
import type { AttendeeEvent, AttendeeMessage } from '../../../../appliance/protocol/events.ts';
import { EventsSocket } from '../../../../ui/link/events-socket.ts';
import { parseAttendeeEvent } from '../../../../ui/link/messages.ts';
import { TooFast } from '../../../../ui/visitor/too-fast/too-fast.ts';
import { FakeSockets } from '../../fake-box/fake-sockets.ts';
import { tour } from '../../fake-box/tours.ts';
import { waitUntil } from '../../patience.ts';

class Host extends LitElement {
  readonly socket = new EventsSocket<AttendeeEvent, AttendeeMessage>(this, {
    parse: parseAttendeeEvent,
    watch: { proof: 'anything' },
  });
  readonly tooFast = new TooFast(this, { socket: this.socket });
}
customElements.define('too-fast-host', Host);

describe('a visitor for whom it is too fast', () => {
  let sockets: FakeSockets;
  let host: Host;

  beforeEach(() => {
    sockets = new FakeSockets();
    host = new Host();
    document.body.append(host);
  });

  afterEach(() => {
    host.remove();
    sockets.restore();
  });

  async function connect(): Promise<void> {
    host.socket.open('/events');
    await waitUntil(() => host.socket.status === 'open', 'a socket');
  }

  const snapshot = (): void =>
    sockets.last.say({ type: 'tour', snapshot: true, tour: tour(), language: 'es', captions: [] });

  it('says so once, without a name', async () => {
    await connect();
    host.tooFast.tell();
    host.tooFast.tell();
    snapshot();
    expect(host.tooFast.telling).to.equal('told');
    expect(sockets.last.received).to.deep.equal([{ type: 'too-fast' }]);
  });

  it('and is not connected is heard, once, when the connection is there', async () => {
    host.tooFast.tell();
    host.tooFast.tell();
    expect(host.tooFast.telling).to.equal('waiting');
    await connect();
    expect(sockets.last.received).to.deep.equal([]);
    snapshot();
    snapshot();
    expect(host.tooFast.telling).to.equal('told');
    expect(sockets.last.received).to.deep.equal([{ type: 'too-fast' }]);
  });
});
