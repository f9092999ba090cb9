import { expect, fixture, html, oneEvent } from '@open-wc/testing';
import type { TooFastButton } from '../../../../ui/visitor/too-fast/too-fast-button.ts';
import '../../../../ui/visitor/too-fast/too-fast-button.ts';
import { expectAccessible } from '../../accessible.ts';

const button = ({ renderRoot }: TooFastButton): HTMLButtonElement => renderRoot.querySelector('button')!;

describe('the button that asks the guide to slow down', () => {
  it('is accessible, and as large as a thumb', async () => {
    const element = await fixture<TooFastButton>(html`<ubizo-too-fast-button></ubizo-too-fast-button>`);
    await expectAccessible(element);
    expect(button(element).getBoundingClientRect().height).to.be.at.least(48);
  });

  it('says so, and that the guide knows; then it says nothing more', async () => {
    const element = await fixture<TooFastButton>(html`<ubizo-too-fast-button></ubizo-too-fast-button>`);
    setTimeout(() => button(element).click());
    await oneEvent(element, 'too-fast');
    element.telling = 'told';
    await element.updateComplete;
    expect(element.renderRoot.querySelector('[role=status]')?.textContent).to.equal(
      'Your guide has been told',
    );
    await expectAccessible(element);
    let again = 0;
    element.addEventListener('too-fast', () => again++);
    button(element).click();
    expect(again).to.equal(0);
  });

  it('does not say that the guide knows while nobody could tell them', async () => {
    const element = await fixture<TooFastButton>(
      html`<ubizo-too-fast-button .telling=${'waiting'}></ubizo-too-fast-button>`,
    );
    expect(button(element).textContent).to.contain('as soon as you are connected');
    await expectAccessible(element);
  });
});
