import { expect } from '@open-wc/testing';
import { LitElement } from 'lit';
import type { LinkError } from '../../../ui/link/problem.ts';
import { WhepClient } from '../../../ui/link/whep-client.ts';
import { FakeHttp, refuse } from '../fake-box/fake-http.ts';
import { FakeWhep } from '../fake-box/fake-whep.ts';
import { waitUntil } from '../patience.ts';

class Host extends LitElement {
  readonly streams: MediaStream[] = [];
  readonly problems: LinkError[] = [];
  readonly renewals: boolean[] = [];
  wanted = true;
  readonly whep = new WhepClient(this, {
    endpoint: (renew) => {
      this.renewals.push(renew);
      return Promise.resolve({ url: '/whep', token: `token-${this.renewals.filter(Boolean).length}` });
    },
    onStream: (stream) => this.streams.push(stream),
    onProblem: (problem) => {
      this.problems.push(problem);
      return problem.code !== 'unsupported_sdp';
    },
    wanted: () => this.wanted,
  });
}
customElements.define('whep-client-host', Host);

describe('the WHEP client', () => {
  let http: FakeHttp;
  let box: FakeWhep;
  let host: Host;

  beforeEach(() => {
    http = new FakeHttp();
    box = new FakeWhep();
    http.on('POST /whep', (call) => box.answer(call));
    for (const at of [1, 2, 3])
      http.on(`DELETE /whep/session-${at}`, () => new Response(null, { status: 200 }));
    host = new Host();
    document.body.append(host);
  });

  afterEach(() => {
    host.remove();
    box.close();
    http.restore();
  });

  const connected = (): Promise<void> => waitUntil(() => host.whep.status === 'connected', 'connected');

  it('has a stream to play before anything was negotiated', () => {
    host.whep.start();
    expect(host.streams[0]?.getAudioTracks()).to.have.length(1);
    expect(host.whep.status).to.equal('connecting');
  });

  it('offers with its token, in one request', async () => {
    host.whep.start();
    await connected();
    const [post, ...others] = http.asked('POST /whep');
    expect(others).to.deep.equal([]);
    expect(post?.headers.get('authorization')).to.equal('Bearer token-0');
    expect(post?.headers.get('content-type')).to.equal('application/sdp');
    expect(post?.body).to.contain('a=recvonly');
  });

  it('ends its session on the box when stopped, and when its element goes', async () => {
    host.whep.start();
    await connected();
    host.whep.stop();
    expect(http.asked('DELETE /whep/session-1')).to.have.length(1);
    host.whep.start();
    await connected();
    host.remove();
    expect(http.asked('DELETE /whep/session-2')).to.have.length(1);
    expect(host.whep.status).to.equal('idle');
  });

  it('connects anew with a new stream when the box goes away', async () => {
    host.whep.start();
    await connected();
    box.peers[0]?.close();
    await waitUntil(() => host.streams.length === 2, 'a second stream', { timeout: 9_000 });
    await connected();
    expect(http.asked('POST /whep')).to.have.length(2);
  });

  it('does not come back by itself when nobody has asked for the sound yet', async () => {
    host.wanted = false;
    host.whep.start();
    await connected();
    host.whep.lost();
    expect(host.whep.status).to.equal('idle');
    expect(http.asked('POST /whep')).to.have.length(1);
  });

  it('asks for a new token when the old one is refused', async () => {
    http.on('POST /whep', (call) =>
      call.headers.get('authorization') === 'Bearer token-0'
        ? refuse('token_invalid', 401)
        : box.answer(call),
    );
    host.whep.start();
    await connected();
    expect(host.renewals).to.deep.equal([false, true]);
  });

  it('goes on trying while the box does not answer', async () => {
    http.off('POST /whep');
    host.whep.start();
    await waitUntil(() => host.whep.status === 'reconnecting');
    expect(host.problems[0]?.code).to.equal('box_unreachable');
    http.on('POST /whep', (call) => box.answer(call));
    await connected();
  });

  it('gives up on what does not pass by itself', async () => {
    http.on('POST /whep', () => refuse('unsupported_sdp', 400));
    host.whep.start();
    await waitUntil(() => host.whep.status === 'idle');
    expect(host.problems.map(({ code }) => code)).to.deep.equal(['unsupported_sdp']);
  });
});
