import { Reach } from '../../../../ui/visitor/listen/recovery/reach.ts';
import { FakeHttp } from '../../fake-box/fake-http.ts';

describe('a page that has lost its box', () => {
  it('hears that it is back, though what it asked before is still on its way', async () => {
    const http = new FakeHttp();
    // Lost with the network: the phone sends it again later and later.
    http.on('GET /healthz', async () => {
      http.on('GET /healthz', () => new Response());
      return new Promise<Response>(() => undefined);
    });
    const { promise: back, resolve } = Promise.withResolvers<void>();
    const reach = new Reach({ onBack: resolve });
    reach.start();
    try {
      await back;
    } finally {
      reach.stop();
      http.restore();
    }
  });
});
