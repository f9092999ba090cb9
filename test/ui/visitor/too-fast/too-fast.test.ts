import { expect } from '@open-wc/testing';
import { LitElement } from 'lit';
import type { AttendeeMessage } from '../../../../appliance/protocol/events.ts';
import { TooFast } from '../../../../ui/visitor/too-fast/too-fast.ts';
import type { AttendeeSocket } from '../../../../ui/visitor/visit/attendee-socket.ts';

const sent: AttendeeMessage[] = [];

class Host extends LitElement {
  readonly tooFast = new TooFast(this, {
    socket: { send: (message: AttendeeMessage) => sent.push(message) } as unknown as AttendeeSocket,
  });
}
customElements.define('too-fast-host', Host);

it('a visitor for whom it is too fast says so once, without a name', () => {
  const { tooFast } = new Host();
  tooFast.tell();
  tooFast.tell();
  expect(tooFast.told).to.equal(true);
  expect(sent).to.deep.equal([{ type: 'too-fast' }]);
});
