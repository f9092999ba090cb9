import { expect } from '@open-wc/testing';
import { securePage } from '../../../../ui/visitor/voice/secure-page.ts';
import { FakeHttp, json } from '../../fake-box/fake-http.ts';
import { entranceView } from '../../fake-box/people.ts';

describe('the secure page of a visitor', () => {
  let http: FakeHttp;

  beforeEach(() => (http = new FakeHttp()));
  afterEach(() => http.restore());

  it('is the same page where the box speaks HTTPS', async () => {
    const secureUrl = 'https://ubizo.local:8443/guide';
    http.on('GET /api/sign-in', () => json(entranceView({ secureUrl })));
    expect(await securePage()).to.equal(`https://ubizo.local:8443${location.pathname}`);
  });

  it('is none where the box speaks no HTTPS, or cannot be asked', async () => {
    http.on('GET /api/sign-in', () => json(entranceView()));
    expect(await securePage()).to.equal(undefined);
    http.off('GET /api/sign-in');
    expect(await securePage()).to.equal(undefined);
  });
});
