import { expect } from '@open-wc/testing';
import { LitElement } from 'lit';
import type { RecoveryReport } from '../../../../appliance/protocol/recovery.ts';
import type { LinkError } from '../../../../ui/link/problem.ts';
import { Reception } from '../../../../ui/visitor/listen/recovery/reception.ts';
import type { Way, WayOnOffer, WayOpened } from '../../../../ui/visitor/listen/ways/way.ts';
import { FakeHttp, refuse } from '../../fake-box/fake-http.ts';
import { FakeWhep } from '../../fake-box/fake-whep.ts';
import { waitUntil } from '../../patience.ts';

class Host extends LitElement {
  readonly streams: MediaStream[] = [];
  readonly problems: LinkError[] = [];
  readonly renewals: boolean[] = [];
  wanted = true;
  readonly reports: RecoveryReport[] = [];
  readonly ways: WayOnOffer[] = [];
  language = 'es';
  renewed = 0;
  asked = 0;
  checks = 0;
  /** How the box sees the connection, if it does. */
  seated: 'connecting' | 'connected' | undefined = 'connecting';
  readonly element = document.createElement('audio');
  readonly reception = new Reception(this, {
    look: () =>
      Promise.resolve({
        now: 0,
        ...(this.seated && {
          seat: { state: this.seated, checks: this.checks, packets: 0, silentMs: 0, soundingMs: 0 },
        }),
      }),
    ask: () => this.asked++,
    eventsLost: () => false,
    renewSocket: () => this.renewed++,
    report: (report) => this.reports.push(report),
    ways: this.ways,
    way: { token: () => Promise.resolve('t'), code: () => 'K7', tour: () => 't1', element: this.element },
    language: () => this.language,
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
customElements.define('reception-host', Host);

describe('the reception', () => {
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

  const connected = (): Promise<void> => waitUntil(() => host.reception.status === 'connected', 'connected');

  it('has a stream to play before anything was negotiated', () => {
    host.reception.start();
    expect(host.streams[0]?.getAudioTracks()).to.have.length(1);
    expect(host.reception.status).to.equal('connecting');
  });

  it('offers with its token, in one request', async () => {
    host.reception.start();
    await connected();
    const [post, ...others] = http.asked('POST /whep');
    expect(others).to.deep.equal([]);
    expect(post?.headers.get('authorization')).to.equal('Bearer token-0');
    expect(post?.headers.get('content-type')).to.equal('application/sdp');
    expect(post?.body).to.contain('a=recvonly');
  });

  it('ends its session on the box when stopped, and when its element goes', async () => {
    host.reception.start();
    await connected();
    host.reception.stop();
    expect(http.asked('DELETE /whep/session-1')).to.have.length(1);
    host.reception.start();
    await connected();
    host.remove();
    expect(http.asked('DELETE /whep/session-2')).to.have.length(1);
    expect(host.reception.status).to.equal('idle');
  });

  it('keeps the stream that there was until the new one stands, when the box says that it is over', async () => {
    host.reception.start();
    await connected();
    host.seated = 'connected';
    await host.reception.lost();
    expect(host.reception.status, 'that was said before there was this one').to.equal('connected');
    host.seated = undefined;
    await host.reception.lost();
    expect(host.reception.status).to.equal('reconnecting');
    expect(host.streams, 'the one that plays is left alone').to.have.length(1);
    await connected();
    expect(host.streams).to.have.length(2);
    expect(http.asked('POST /whep')).to.have.length(2);
    expect(http.asked('DELETE /whep/session-1'), 'the box has let go of it itself').to.have.length(0);
    expect(host.reports.map(({ level, cause, outcome }) => [level, cause, outcome])).to.deep.equal([
      ['signaling-reset', 'hung-up', 'back'],
    ]);
  });

  it('takes silence for silence, and for a loss only what the box has sent', async () => {
    host.reception.start();
    await connected();
    await box.quiet();
    await waitUntil(() => host.asked > 1, 'a question', { timeout: 5_000 });
    host.reception.sounding(0);
    expect(host.reception.status, 'the guide says nothing').to.equal('connected');
    http.on('PATCH /whep/session-1', () => refuse('listener_not_found', 404));
    await waitUntil(
      () => {
        host.reception.sounding(60_000);
        return host.reception.status === 'reconnecting';
      },
      'a loss',
      { timeout: 5_000 },
    );
    await connected();
    expect(http.asked('PATCH /whep/session-1'), 'first an ICE restart').to.have.length(1);
    expect(http.asked('PATCH /whep/session-1')[0]?.body).to.match(/^a=ice-ufrag:.*\r\na=ice-pwd:.*\r\n$/);
    expect(host.reports.at(-1)).to.include({ level: 'signaling-reset', outcome: 'back' });
    expect(host.reports.at(-1)?.ms).to.be.lessThan(30_000);
  });

  it('is restarted over another path, in the same session', async () => {
    host.reception.start();
    await connected();
    await box.quiet();
    http.on('PATCH /whep/session-1', (call) => box.restart(call));
    await waitUntil(
      () => {
        host.reception.sounding(60_000);
        return host.reception.status === 'reconnecting';
      },
      'a loss',
      { timeout: 5_000 },
    );
    await connected();
    expect(host.reports.at(-1)).to.include({ level: 'ice-restart', cause: 'no-packets', outcome: 'back' });
    expect(http.asked('POST /whep')).to.have.length(1);
    expect(host.streams).to.have.length(1);
  });

  it('does not come back by itself when nobody has asked for the sound yet', async () => {
    host.wanted = false;
    host.reception.start();
    await connected();
    host.seated = undefined;
    await host.reception.lost();
    expect(host.reception.status).to.equal('idle');
    expect(http.asked('POST /whep')).to.have.length(1);
  });

  it('asks for a new token when the old one is refused', async () => {
    http.on('POST /whep', (call) =>
      call.headers.get('authorization') === 'Bearer token-0'
        ? refuse('token_invalid', 401)
        : box.answer(call),
    );
    host.reception.start();
    await connected();
    expect(host.renewals).to.deep.equal([false, true]);
  });

  it('goes on trying while the box does not answer', async () => {
    http.off('POST /whep');
    host.reception.start();
    await waitUntil(() => host.reception.status === 'reconnecting');
    expect(host.problems[0]?.code).to.equal('box_unreachable');
    http.on('POST /whep', (call) => box.answer(call));
    await connected();
  });

  it('gives up on what does not pass by itself', async () => {
    http.on('POST /whep', () => refuse('unsupported_sdp', 400));
    host.reception.start();
    await waitUntil(() => host.reception.status === 'idle');
    expect(host.problems.map(({ code }) => code)).to.deep.equal(['unsupported_sdp']);
  });

  describe('where checks are not answered', () => {
    it('takes the first other way that plays, follows the language, and comes back to WebRTC', async () => {
      const broken = wayThat({ is: 'failed', reason: 'no-answer' });
      const good = wayThat({ is: 'playing' });
      host.ways.push(
        { name: 'socket', make: () => Promise.resolve(broken) },
        { name: 'mp3', make: () => Promise.resolve(good) },
      );
      http.on('POST /whep', (call) => deaf(box, call));
      host.reception.start();
      await waitUntil(() => host.reception.otherWay === 'mp3', 'another way', { timeout: 9_000 });
      expect(host.reception.status).to.equal('connected');
      expect(broken.log).to.deep.equal(['open es', 'close']);
      host.reception.follow('fr');
      expect(good.log).to.deep.equal(['open es', 'switch fr']);
      expect(host.reports.at(-1)).to.include({
        level: 'fallback',
        cause: 'udp-blocked',
        outcome: 'another-way',
      });
      http.on('POST /whep', (call) => box.answer(call));
      await waitUntil(
        () => {
          if (host.reception.otherWay === undefined) return true;
          window.dispatchEvent(new Event('online'));
          return false;
        },
        'WebRTC',
        { timeout: 9_000, interval: 1_500 },
      );
      expect(host.reception.status).to.equal('connected');
      expect(good.log.at(-1)).to.equal('close');
      expect(host.streams.at(-1)?.active).to.equal(true);
    });

    it('goes on trying, and says why, where there is no other way', async () => {
      http.on('POST /whep', (call) => deaf(box, call));
      host.reception.start();
      await waitUntil(() => host.reception.cause === 'udp-blocked', 'the cause', { timeout: 9_000 });
      http.on('POST /whep', (call) => box.answer(call));
      await connected();
    });
  });
});

/** A box to which no packet of UDP gets through. */
async function deaf(box: FakeWhep, call: Parameters<FakeWhep['answer']>[0]): Promise<Response> {
  const answer = await box.answer(call);
  const nowhere = '$1 127.0.0.9 9 $2';
  const sdp = (await answer.text()).replaceAll(/^(a=candidate:.*) \S+ \d+ (typ host.*)$/gm, nowhere);
  box.peers.at(-1)?.close();
  return new Response(sdp, { status: 201, headers: answer.headers });
}

function wayThat(opened: WayOpened): Way & { log: string[] } {
  const log: string[] = [];
  return {
    log,
    played: () => undefined,
    open: (language) => {
      log.push(`open ${language}`);
      return Promise.resolve(opened);
    },
    switch: (language) => log.push(`switch ${language}`),
    close: () => log.push('close'),
  };
}
