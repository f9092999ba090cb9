import { expect, fixture, html, oneEvent } from '@open-wc/testing';
import '../../../../../ui/guide/desk/summary/summary-panel.ts';
import type { SummaryPanel } from '../../../../../ui/guide/desk/summary/summary-panel.ts';
import { expectAccessible } from '../../../accessible.ts';

const panel = (ratings: readonly number[]): Promise<SummaryPanel> =>
  fixture<SummaryPanel>(
    html`<ubizo-summary-panel
      .summary=${{ minutes: 92, mostListeners: 31, ratings: [...ratings] }}
      .languages=${['es', 'ja']}
      .usd=${1.2}
    ></ubizo-summary-panel>`,
  );
const read = (element: SummaryPanel): string =>
  (element.renderRoot.textContent ?? '').replaceAll(/\s+/gu, ' ');

describe('how a tour went', () => {
  it('has minutes, most listeners, languages, cost and what the visitors thought', async () => {
    const element = await panel([0, 0, 1, 0, 3]);
    await expectAccessible(element);
    for (const words of ['92', '31', 'Spanish, Japanese', '$1.20', '4.5 of 5 stars, ratings: 4'])
      expect(read(element)).to.contain(words);
    setTimeout(() => element.renderRoot.querySelector('button')!.click());
    await oneEvent(element, 'do-again');
  });

  it('says so when nobody has rated it', async () => {
    expect(read(await panel([0, 0, 0, 0, 0]))).to.contain('Nobody has rated it yet.');
  });
});
