import { expect, fixture, html } from '@open-wc/testing';
import type { PeoplePanel } from '../../../../../ui/guide/desk/people/people-panel.ts';
import '../../../../../ui/guide/desk/people/people-panel.ts';
import { expectAccessible } from '../../../accessible.ts';
import { deskTour } from '../../../fake-box/tours.ts';
import { deep, text } from '../../../shadow.ts';

const panel = (connected: readonly boolean[]): Promise<PeoplePanel> => {
  const attendees = connected.map((connected, at) => ({ id: `v${at}`, language: 'es', connected }));
  return fixture<PeoplePanel>(
    html`<ubizo-people-panel .tour=${deskTour({ attendees })}></ubizo-people-panel>`,
  );
};

describe('the people of a tour', () => {
  it('are nobody at first, and it is said how they come', async () => {
    const element = await panel([]);
    expect(text(element, 'section')).to.contain('Show them the code.');
    await expectAccessible(element);
  });

  it('are listed with who is connected first, those without a name too', async () => {
    const element = await panel([false, true]);
    const rows = [...element.renderRoot.querySelectorAll('li')];
    expect(rows.map(({ className }) => className)).to.deep.equal(['', 'away']);
    expect(text(element, 'li')).to.contain('Visitor without a name Spanish');
    await expectAccessible(element);
  });

  it('are folded when they are many', async () => {
    const element = await panel(Array.from({ length: 60 }, () => true));
    expect(element.renderRoot.querySelectorAll('li')).to.have.length(6);
    const fold = deep<HTMLButtonElement>(element, 'button[aria-expanded]')!;
    expect(fold.textContent.trim()).to.equal('Show all 60');
    fold.click();
    await element.updateComplete;
    expect(element.renderRoot.querySelectorAll('li')).to.have.length(60);
    expect(fold.getAttribute('aria-expanded')).to.equal('true');
  });
});
