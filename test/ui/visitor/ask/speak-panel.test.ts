import { expect, fixture, html, oneEvent } from '@open-wc/testing';
import type { Speak, SpeakPanel } from '../../../../ui/visitor/ask/speak-panel.ts';
import '../../../../ui/visitor/ask/speak-panel.ts';
import { expectAccessible } from '../../accessible.ts';
import { deep, everything, text } from '../../shadow.ts';

const radio = (panel: SpeakPanel, at: number): HTMLInputElement =>
  panel.renderRoot.querySelectorAll<HTMLInputElement>('input[type=radio]')[at]!;

const talk = (panel: SpeakPanel): HTMLButtonElement => deep<HTMLButtonElement>(panel, '.talk')!;

describe('the panel in which a visitor speaks', () => {
  let panel: SpeakPanel;

  beforeEach(async () => {
    localStorage.clear();
    panel = await fixture<SpeakPanel>(html`<ubizo-speak-panel possible heard connected></ubizo-speak-panel>`);
  });

  async function asksFor(how: () => void): Promise<Speak> {
    setTimeout(how);
    const { detail } = (await oneEvent(panel, 'speak')) as CustomEvent<Speak>;
    return detail;
  }

  const down = (): boolean =>
    talk(panel).dispatchEvent(new PointerEvent('pointerdown', { bubbles: true, button: 0 }));

  it('is held to talk to the guide, and let go to send', async () => {
    await expectAccessible(panel);
    expect(talk(panel).getBoundingClientRect().height).to.be.at.least(48);
    expect(await asksFor(down)).to.deep.equal({ to: 'guide' });
    panel.speaking = { is: 'speaking', to: 'guide' };
    panel.left = 24;
    await panel.updateComplete;
    await expectAccessible(panel);
    expect(text(panel, '.talk')).to.equal('Let go to send0:24');
    expect(text(panel, '[role=status]')).to.equal('Speak now: only your guide hears you.');
    setTimeout(() => talk(panel).dispatchEvent(new PointerEvent('pointerup', { bubbles: true })));
    await oneEvent(panel, 'speak-done');
  });

  it('lets a pause end it, as sensitive as it is set', async () => {
    radio(panel, 3).click();
    await panel.updateComplete;
    await expectAccessible(panel);
    const slider = deep<HTMLInputElement>(panel, 'input[type=range]')!;
    slider.value = '4';
    slider.dispatchEvent(new Event('change'));
    expect(await asksFor(() => talk(panel).click())).to.deep.equal({ to: 'guide', sensitivity: 4 });
  });

  it('asks for the floor, says the place in the queue, and can be given up', async () => {
    radio(panel, 1).click();
    await panel.updateComplete;
    expect(await asksFor(() => talk(panel).click())).to.deep.equal({ to: 'all' });
    panel.speaking = { is: 'waiting', to: 'all', place: 2 };
    await panel.updateComplete;
    await expectAccessible(panel);
    expect(text(panel, '[role=status]')).to.equal('Please wait. Your place in the queue: 2');
    expect(text(panel, '.talk')).to.equal('Cancel');
    setTimeout(() => talk(panel).click());
    await oneEvent(panel, 'speak-done');
  });

  it('lets nobody speak whose phone plays the tour aloud', async () => {
    deep<HTMLInputElement>(panel, 'input[type=checkbox]')!.click();
    await panel.updateComplete;
    expect(deep(panel, '.talk')).to.equal(null);
    expect(everything(panel)).to.contain('Without headphones');
    await expectAccessible(panel);
    panel.heard = false;
    await panel.updateComplete;
    expect(deep(panel, '.talk'), 'who only reads plays nothing').not.to.equal(null);
  });

  it('says how to speak where there is no microphone, and offers the page that has one', async () => {
    panel.possible = false;
    await panel.updateComplete;
    expect(everything(panel)).to.contain('Dictate with your keyboard’s microphone key');
    panel.secureUrl = 'https://ubizo.local:8443/j/K7P2QX';
    await panel.updateComplete;
    await new Promise(requestAnimationFrame);
    expect(deep<HTMLAnchorElement>(panel, 'a')?.href).to.equal('https://ubizo.local:8443/j/K7P2QX');
    await expectAccessible(panel);
  });

  it('says before somebody speaks that nobody translates them, and afterwards how it ended', async () => {
    panel.interpreted = false;
    panel.speaking = { is: 'idle', ended: 'taken-back' };
    await panel.updateComplete;
    expect(everything(panel)).to.contain('Nobody translates your language');
    expect(text(panel, '[role=status]')).to.equal('Your guide speaks now.');
    await expectAccessible(panel);
    panel.speaking = { is: 'idle', ended: 'no-voice' };
    panel.problem = 'refused';
    await panel.updateComplete;
    expect(text(panel, '[role=status]')).to.contain('may not use the microphone');
  });
});
