import { expect, fixture, html, oneEvent } from '@open-wc/testing';
import { LitElement } from 'lit';
import { Farewell } from '../../../../ui/visitor/farewell/farewell.ts';
import '../../../../ui/visitor/farewell/farewell-card.ts';
import type { FarewellCard } from '../../../../ui/visitor/farewell/farewell-card.ts';
import { LinkError } from '../../../../ui/link/problem.ts';
import { expectAccessible } from '../../accessible.ts';
import { FakeHttp, refuse } from '../../fake-box/fake-http.ts';

class Host extends LitElement {
  readonly farewell = new Farewell(this, {
    token: () => Promise.resolve('tok'),
    tour: () => ({ id: 't1', name: 'Old Town' }),
    language: () => 'es',
  });
}
customElements.define('farewell-host', Host);

const card = (): Promise<FarewellCard> =>
  fixture<FarewellCard>(html`<ubizo-farewell-card words></ubizo-farewell-card>`);

describe('the end of a tour', () => {
  it('asks in two taps how it was, says thank you, and who is not told', async () => {
    const element = await card();
    await expectAccessible(element);
    const [send] = element.renderRoot.querySelectorAll<HTMLButtonElement>('button');
    expect(send?.disabled).to.equal(true);
    element.renderRoot.querySelector<HTMLInputElement>('[aria-label="4 of 5 stars"]')!.click();
    await element.updateComplete;
    setTimeout(() => send!.click());
    const { detail } = await oneEvent(element, 'rating');
    expect(detail).to.equal(4);
    element.rated = true;
    await element.updateComplete;
    expect(element.renderRoot.textContent).to.contain('not who gave it');
    await expectAccessible(element);
  });

  it('offers the transcript where there were words, and says when none was kept', async () => {
    const element = await card();
    element.problem = new LinkError('not_found', 'None.');
    await element.updateComplete;
    expect(element.renderRoot.textContent).to.contain('No transcript was kept');
    element.words = false;
    element.problem = undefined;
    await element.updateComplete;
    expect(element.renderRoot.textContent).not.to.contain('transcript');
  });

  it('gives the box the number and the pass, and takes the words of the visitor’s language', async () => {
    const http = new FakeHttp();
    http.on('POST /api/visits/t1/rating', () => new Response(null, { status: 204 }));
    http.on('GET /api/visits/t1/transcript', () => refuse('not_found', 404));
    const { farewell } = new Host();
    await farewell.rate(4);
    expect(farewell.rated).to.equal(true);
    await farewell.takeTranscript();
    expect(farewell.problem?.code).to.equal('not_found');
    const [rating, transcript] = http.calls;
    expect(rating?.body).to.equal('{"stars":4}');
    expect(rating?.headers.get('authorization')).to.equal('Bearer tok');
    expect(transcript?.path).to.equal('/api/visits/t1/transcript?language=es');
    http.restore();
  });
});
