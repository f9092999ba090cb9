import { expect, fixture, html } from '@open-wc/testing';
import type { TourDeskView } from '../../../../../appliance/protocol/views.ts';
import type { StatePanel } from '../../../../../ui/guide/desk/state/state-panel.ts';
import '../../../../../ui/guide/desk/state/state-panel.ts';
import { expectAccessible } from '../../../accessible.ts';
import { deskTour } from '../../../fake-box/tours.ts';
import { deep, text } from '../../../shadow.ts';

async function panel(change: Partial<TourDeskView>): Promise<{ element: StatePanel; steps: string[] }> {
  const element = await fixture<StatePanel>(
    html`<ubizo-state-panel .tour=${deskTour(change)} .listeners=${3}></ubizo-state-panel>`,
  );
  const steps: string[] = [];
  element.addEventListener('tour-step', (event) => steps.push((event as CustomEvent<string>).detail));
  return { element, steps };
}

const buttons = (element: StatePanel): HTMLButtonElement[] => [
  ...element.renderRoot.querySelectorAll<HTMLButtonElement>('.steps button'),
];

describe('the state of the tour', () => {
  for (const state of ['ready', 'live', 'paused', 'ended'] as const) {
    it(`is accessible when ${state}`, async () => {
      await expectAccessible((await panel({ state })).element);
    });
  }

  it('says who listens, and when nobody can', async () => {
    expect(text((await panel({})).element, '.meaning')).to.equal('Visitors listening: 3');
    expect(text((await panel({ muted: true })).element, '.meaning')).to.contain('You are muted');
    const lost = await panel({ microphone: { id: 'alsa:default', state: 'lost' } });
    expect(text(lost.element, '.meaning')).to.contain('the microphone is not open');
  });

  it('warns in the card of what a guide must know at once', async () => {
    const { element } = await panel({});
    const warnings = (): string =>
      [...element.renderRoot.querySelectorAll('.warning')].map((each) => each.textContent.trim()).join(' ');
    expect(warnings()).to.equal('');
    element.soundless = true;
    await element.updateComplete;
    expect(warnings()).to.equal('No sound from the microphone for 10 seconds.');
    element.soundless = false;
    const channels = deskTour().channels.map((one) => ({
      ...one,
      state: one.language === 'en' ? ('live' as const) : ('floor' as const),
    }));
    element.tour = deskTour({ channels });
    await element.updateComplete;
    expect(warnings()).to.equal('No translation works: visitors hear your own voice.');
    await expectAccessible(element);
    const silent = channels.map((one) => ({
      ...one,
      state: one.language === 'ar' ? ('live' as const) : one.state,
    }));
    element.tour = deskTour({ channels: silent });
    await element.updateComplete;
    expect(warnings(), 'one of them works').to.equal('');
  });

  it('asks before it starts or goes on without a microphone', async () => {
    for (const [state, step, words] of [
      ['ready', 'start', 'Start anyway'],
      ['paused', 'resume', 'Resume anyway'],
    ] as const) {
      const { element, steps } = await panel({ state, microphone: { id: 'none', state: 'closed' } });
      buttons(element)[0]!.click();
      expect(steps).to.deep.equal([]);
      const sheet = element.renderRoot.querySelector('#voiceless')!;
      expect(deep<HTMLDialogElement>(sheet, 'dialog')?.open).to.equal(true);
      await expectAccessible(element);
      const anyway = sheet.querySelector('button')!;
      expect(anyway.textContent.trim()).to.equal(words);
      anyway.click();
      expect(steps).to.deep.equal([step]);
    }
  });

  it('offers the one next step', async () => {
    const { element, steps } = await panel({ state: 'ready' });
    expect(buttons(element).map((button) => button.textContent.trim())).to.deep.equal(['Start']);
    buttons(element)[0]!.click();
    expect(steps).to.deep.equal(['start']);
  });

  it('ends only after a second thought', async () => {
    const { element, steps } = await panel({ state: 'live' });
    buttons(element).at(-1)!.click();
    expect(steps).to.deep.equal([]);
    expect(deep<HTMLDialogElement>(element, 'dialog')?.open).to.equal(true);
    deep<HTMLButtonElement>(element, 'ubizo-sheet', 'button.danger')!.click();
    expect(steps).to.deep.equal(['end']);
    expect(deep<HTMLDialogElement>(element, 'dialog')?.open).to.equal(false);
  });
});
