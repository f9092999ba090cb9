import { expect } from '@open-wc/testing';
import { boxNow, learnBoxTime } from '../../../ui/link/box-clock.ts';
import { tell } from '../../../ui/link/request.ts';
import { FakeHttp } from '../fake-box/fake-http.ts';

describe('the box’s clock', () => {
  afterEach(() => learnBoxTime(new Date().toUTCString()));

  it('is learnt from whatever the box answers, however far it is off', async () => {
    const http = new FakeHttp();
    const date = 'Thu, 01 Jan 2026 00:00:00 GMT';
    http.on('POST /api/any', () => new Response(null, { status: 204, headers: { date } }));
    await tell('POST', '/api/any');
    http.restore();
    expect(boxNow() - Date.parse(date)).to.be.within(0, 60_000);
  });

  it('stays as it was where an answer says nothing of it', () => {
    learnBoxTime('Thu, 01 Jan 2026 00:00:00 GMT');
    learnBoxTime(null);
    learnBoxTime('no date');
    expect(new Date(boxNow()).getUTCFullYear()).to.equal(2026);
    expect(new Date(boxNow()).getUTCMonth()).to.equal(0);
  });
});
