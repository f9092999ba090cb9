import { expect } from '@open-wc/testing';
import { send } from '../../../ui/link/request.ts';
import { asLinkError } from '../../../ui/link/problem.ts';
import { FakeHttp, json, refuse } from '../fake-box/fake-http.ts';
import { entranceView } from '../fake-box/people.ts';

const codeOf = async (asked: Promise<Response>): Promise<string> =>
  asked.then(
    () => 'answered',
    (error: unknown) => asLinkError(error).code,
  );

describe('a request', () => {
  let http: FakeHttp;
  let fresh: boolean;

  beforeEach(() => {
    fresh = false;
    http = new FakeHttp();
    http.on('GET /api/tours', () => (fresh ? json({ tours: [] }) : refuse('not_signed_in', 401)));
    http.on('POST /api/sign-in/refresh', () => {
      fresh = true;
      return json(entranceView({ signedIn: { role: 'guide' } }));
    });
  });

  afterEach(() => http.restore());

  it('renews a sign-in that ran out once for all that wait, and is repeated', async () => {
    const asked = [1, 2, 3].map(() => send('/api/tours', { method: 'GET' }));
    const answers = await Promise.all(asked);
    expect(answers.map(({ status }) => status)).to.deep.equal([200, 200, 200]);
    expect(http.asked('POST /api/sign-in/refresh')).to.have.length(1);
  });

  it('is not repeated when the sign-in is over', async () => {
    http.on('POST /api/sign-in/refresh', () => refuse('not_signed_in', 401));
    expect(await codeOf(send('/api/tours', { method: 'GET' }))).to.equal('not_signed_in');
    expect(http.asked('GET /api/tours')).to.have.length(1);
  });

  it('is repeated once only', async () => {
    http.on('GET /api/tours', () => refuse('not_signed_in', 401));
    expect(await codeOf(send('/api/tours', { method: 'GET' }))).to.equal('not_signed_in');
    expect(http.asked('GET /api/tours')).to.have.length(2);
    expect(http.asked('POST /api/sign-in/refresh')).to.have.length(1);
  });

  it('does not take a box that cannot save, or is away, for a sign-out', async () => {
    http.on('POST /api/sign-in/refresh', () => refuse('storage_failed', 503));
    expect(await codeOf(send('/api/tours', { method: 'GET' }))).to.equal('storage_failed');
    http.off('POST /api/sign-in/refresh');
    expect(await codeOf(send('/api/tours', { method: 'GET' }))).to.equal('box_unreachable');
  });
});
