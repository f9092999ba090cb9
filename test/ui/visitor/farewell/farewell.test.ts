import { expect, fixture, html } from '@open-wc/testing';
import '../../../../ui/visitor/farewell/farewell-card.ts';
import type { FarewellCard } from '../../../../ui/visitor/farewell/farewell-card.ts';
import { expectAccessible } from '../../accessible.ts';
import { FakeHttp, refuse } from '../../fake-box/fake-http.ts';
import { waitUntil } from '../../patience.ts';

describe('the end of a tour', () => {
  let http: FakeHttp;
  let element: FarewellCard;

  beforeEach(async () => {
    http = new FakeHttp();
    element = await fixture<FarewellCard>(
      html`<ubizo-farewell-card
        words
        .tour=${{ id: 't1', name: 'Old Town' }}
        .language=${'es'}
        .token=${() => Promise.resolve('tok')}
      ></ubizo-farewell-card>`,
    );
  });

  afterEach(() => http.restore());

  const says = (words: string): Promise<void> =>
    waitUntil(() => element.renderRoot.textContent?.includes(words), words);

  it('asks in two taps how it was, says thank you, and who is not told', async () => {
    http.on('POST /api/visits/t1/rating', () => new Response(null, { status: 204 }));
    await expectAccessible(element);
    const [send] = element.renderRoot.querySelectorAll<HTMLButtonElement>('button');
    expect(send?.disabled).to.equal(true);
    element.renderRoot.querySelector<HTMLInputElement>('[aria-label="4 of 5 stars"]')!.click();
    await element.updateComplete;
    send!.click();
    await says('not who gave it');
    await expectAccessible(element);
    const [rating] = http.calls;
    expect(rating?.body).to.equal('{"stars":4}');
    expect(rating?.headers.get('authorization')).to.equal('Bearer tok');
  });

  it('offers the transcript in the visitor’s language, and says when none was kept', async () => {
    http.on('GET /api/visits/t1/transcript', () => refuse('not_found', 404));
    [...element.renderRoot.querySelectorAll<HTMLButtonElement>('button')].at(-1)!.click();
    await says('No transcript was kept');
    expect(http.calls[0]?.path).to.equal('/api/visits/t1/transcript?language=es');
  });

  it('offers none where nothing was said', async () => {
    element.words = false;
    await element.updateComplete;
    expect(element.renderRoot.textContent).not.to.contain('transcript');
  });
});
