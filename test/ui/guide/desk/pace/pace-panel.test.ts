import { expect, fixture, html } from '@open-wc/testing';
import type { PacePanel } from '../../../../../ui/guide/desk/pace/pace-panel.ts';
import '../../../../../ui/guide/desk/pace/pace-panel.ts';
import { expectAccessible } from '../../../accessible.ts';
import { text } from '../../../shadow.ts';

const LAG = { type: 'nudge', reason: 'lag', language: 'es' } as const;
const RATE = { type: 'nudge', reason: 'rate' } as const;

const panel = (): Promise<PacePanel> => fixture<PacePanel>(html`<ubizo-pace-panel></ubizo-pace-panel>`);

describe('the pace on the desk', () => {
  it('is accessible, asked to slow down or not', async () => {
    const element = await panel();
    await expectAccessible(element);
    element.nudge = LAG;
    element.tooFast = 2;
    await element.updateComplete;
    await expectAccessible(element);
  });

  it('says why, and for how many it is too fast', async () => {
    const element = await panel();
    expect(text(element, 'section')).to.equal('Pace Good as it is');
    element.nudge = LAG;
    await element.updateComplete;
    expect(text(element, 'section')).to.equal('Pace Slow down a little Spanish is far behind you.');
    element.nudge = RATE;
    element.tooFast = 3;
    await element.updateComplete;
    expect(text(element, 'section')).to.equal(
      'Pace Slow down a little You say more than 160 words a minute. Visitors who find it too fast: 3',
    );
  });

  it('moves nothing below it when it speaks up, and lets no screen reader talk into the tour', async () => {
    const element = await panel();
    const { height } = element.getBoundingClientRect();
    element.nudge = LAG;
    await element.updateComplete;
    expect(element.getBoundingClientRect().height).to.equal(height);
    expect(element.renderRoot.querySelector('[role=status], [role=alert], [aria-live]')).to.equal(null);
  });
});
