import { expect, fixture, html } from '@open-wc/testing';
import type { PhoneQuality, QualityNow } from '../../../../../appliance/protocol/quality-view.ts';
import type { QualityPanel } from '../../../../../ui/guide/desk/quality/quality-panel.ts';
import '../../../../../ui/guide/desk/quality/quality-panel.ts';
import { expectAccessible } from '../../../accessible.ts';
import { text } from '../../../shadow.ts';

const ANA: PhoneQuality = {
  id: 'a',
  name: 'Ana',
  language: 'es',
  class: 'poor',
  score: 41,
  by: 'page',
  heardLoss: 0.062,
  distance: 2,
  reason: 'loss',
  sparing: 'battery',
};

const NOW: QualityNow = {
  distribution: { excellent: 21, good: 4, fair: 5, poor: 1, none: 0 },
  medianScore: 97,
  worst: [
    ANA,
    { ...ANA, id: 'b', name: undefined, by: 'receiver-reports', reason: 'unsupported', class: 'none' },
  ],
  together: { phones: 6, who: 'some' },
  channels: [
    { language: 'es', level: 3, reason: 'loss', phones: 12, heardLoss: 0.02 },
    { language: 'fr', level: 2, reason: 'usual', phones: 0, heardLoss: 0 },
  ],
};

const panel = (now: QualityNow | undefined): Promise<QualityPanel> =>
  fixture<QualityPanel>(html`<ubizo-quality-panel .now=${now}></ubizo-quality-panel>`);

const rows = (element: QualityPanel, id: string): string[] =>
  [...element.renderRoot.querySelectorAll(`[data-testid=${id}]`)].map((row) =>
    row.textContent.trim().replaceAll(/\s+/g, ' '),
  );

describe('how the phones hear, on the desk', () => {
  it('is not known before they have heard something', async () => {
    const { medianScore: _, ...nothing } = NOW;
    for (const now of [undefined, { ...nothing, worst: [] }]) {
      const element = await panel(now);
      expect(text(element, 'section')).to.contain('Known once phones have heard');
      await expectAccessible(element);
    }
  });

  it('is a count for each of five classes, and what several phones have in common', async () => {
    const element = await panel(NOW);
    await expectAccessible(element);
    const counts = [...element.renderRoot.querySelectorAll('.classes li')].map((row) =>
      row.textContent.trim().replaceAll(/\s+/g, ' '),
    );
    expect(counts).to.deep.equal(['Excellent 21', 'Good 4', 'Fair 5', 'Poor 1', 'No sound 0']);
    const notice = element.renderRoot.querySelector('ubizo-notice')!;
    expect(notice.text).to.contain('6 phones').and.to.contain('far end');
    const most = await panel({ ...NOW, together: { phones: 20, who: 'most' } });
    expect(most.renderRoot.querySelector('ubizo-notice')!.text).to.contain('disturbs the Wi-Fi');
  });

  it('names who hears worst, and says what is sent to them and why', async () => {
    const element = await panel(NOW);
    expect(rows(element, 'phone')).to.deep.equal([
      'AnaPoor Spanish · 6.2% missing · sent three times, because sound was missing · its battery is low',
      'Visitor without a nameNo sound Spanish · 6.2% missing (estimated) · this player cannot be sent it twice · its battery is low',
    ]);
    expect(rows(element, 'channel'), 'only languages that somebody hears').to.deep.equal([
      'Spanish Sound level 3 of 5 · less is sent, because sound was missing',
    ]);
  });
});
