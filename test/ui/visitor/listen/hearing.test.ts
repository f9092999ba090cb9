import { expect } from '@open-wc/testing';
import { LitElement } from 'lit';
import type * as Keeper from '../../../../ui/visitor/listen/recovery/reception.ts';
import { Hearing } from '../../../../ui/visitor/listen/recovery/hearing.ts';
import { FakeHttp } from '../../fake-box/fake-http.ts';
import { FakeWhep } from '../../fake-box/fake-whep.ts';
import { waitUntil } from '../../patience.ts';

/** On a network on which the keeper comes when the test says so. */
class Host extends LitElement {
  readonly fetched = Promise.withResolvers<typeof Keeper>();
  readonly hearing = new Hearing(this, {
    keeper: () => this.fetched.promise,
    endpoint: () => Promise.resolve({ url: '/whep', token: 'token' }),
    // The box holds no connection of this phone.
    look: () => Promise.resolve({ now: 0 }),
    onStream: () => undefined,
    onProblem: () => true,
    wanted: () => true,
    ask: () => undefined,
    eventsLost: () => false,
    renewSocket: () => undefined,
    report: () => undefined,
    ways: [],
    way: {
      token: () => Promise.resolve('token'),
      code: () => 'K7',
      tour: () => 't1',
      element: document.createElement('audio'),
    },
    language: () => 'es',
  });
}
customElements.define('hearing-host', Host);

describe('hearing', () => {
  let http: FakeHttp;
  let box: FakeWhep;
  let host: Host;

  beforeEach(() => {
    http = new FakeHttp();
    box = new FakeWhep();
    http.on('POST /whep', (call) => box.answer(call));
    host = new Host();
    document.body.append(host);
  });

  afterEach(() => {
    host.remove();
    box.close();
    http.restore();
  });

  async function standAlone(): Promise<void> {
    host.hearing.start();
    await waitUntil(() => host.hearing.status === 'connected', 'a connection');
  }

  it('mends a loss that it was told of before there was anybody to mend it', async () => {
    await standAlone();
    host.hearing.lost();
    host.fetched.resolve(await import('../../../../ui/visitor/listen/recovery/reception.ts'));
    await waitUntil(() => http.asked('POST /whep').length === 2, 'another offer');
    await waitUntil(() => host.hearing.status === 'connected', 'another connection');
  });

  it('hands a connection over as it is where nothing was lost', async () => {
    await standAlone();
    const { peer } = host.hearing;
    host.fetched.resolve(await import('../../../../ui/visitor/listen/recovery/reception.ts'));
    await host.fetched.promise;
    await new Promise((resolve) => setTimeout(resolve));
    expect(host.hearing.status).to.equal('connected');
    expect(host.hearing.peer).to.equal(peer);
    expect(http.asked('POST /whep')).to.have.length(1);
  });
});
