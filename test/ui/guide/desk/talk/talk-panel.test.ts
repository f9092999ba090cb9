import { expect, fixture, html } from '@open-wc/testing';
import type { TalkPanel } from '../../../../../ui/guide/desk/talk/talk-panel.ts';
import '../../../../../ui/guide/desk/talk/talk-panel.ts';
import { expectAccessible } from '../../../accessible.ts';

const key = (type: string, init: KeyboardEventInit = {}): boolean =>
  document.body.dispatchEvent(
    new KeyboardEvent(type, { code: 'Space', bubbles: true, composed: true, ...init }),
  );

describe('speaking', () => {
  let panel: TalkPanel;
  let said: boolean[];

  beforeEach(async () => {
    said = [];
    panel = await fixture<TalkPanel>(html`<ubizo-talk-panel></ubizo-talk-panel>`);
    panel.addEventListener('mute', (event) => {
      const { detail } = event as CustomEvent<boolean>;
      said.push(detail);
      panel.muted = detail;
    });
  });

  const button = (): HTMLButtonElement => panel.renderRoot.querySelector('.talk')!;

  async function holdToTalk(): Promise<void> {
    panel.renderRoot.querySelector<HTMLInputElement>('[value=push]')!.click();
    await panel.updateComplete;
    said.length = 0;
  }

  const press = (): boolean =>
    button().dispatchEvent(new PointerEvent('pointerdown', { button: 0, pointerId: 1 }));

  it('is accessible both ways', async () => {
    await expectAccessible(panel);
    await holdToTalk();
    await expectAccessible(panel);
  });

  it('is muted and unmuted by one button', async () => {
    button().click();
    await panel.updateComplete;
    expect(button().textContent).to.contain('Unmute');
    button().click();
    expect(said).to.deep.equal([true, false]);
  });

  it('starts silent when it must be held', async () => {
    panel.renderRoot.querySelector<HTMLInputElement>('[value=push]')!.click();
    expect(said).to.deep.equal([true]);
  });

  for (const [how, release] of [
    ['the finger is lifted', () => button().dispatchEvent(new PointerEvent('pointerup'))],
    ['the system takes the touch away', () => button().dispatchEvent(new PointerEvent('pointercancel'))],
    ['another window comes up', () => window.dispatchEvent(new Event('blur'))],
    ['the page is hidden', () => document.dispatchEvent(new Event('visibilitychange'))],
    ['the desk is left', () => panel.remove()],
  ] as const) {
    it(`falls silent when ${how}`, async () => {
      await holdToTalk();
      press();
      expect(said).to.deep.equal([false]);
      release();
      expect(said).to.deep.equal([false, true]);
      release();
      expect(said).to.have.length(2);
    });
  }

  it('speaks of the space bar only where there is one', async () => {
    const real = window.matchMedia;
    window.matchMedia = () => ({ matches: false }) as MediaQueryList;
    panel = await fixture<TalkPanel>(html`<ubizo-talk-panel></ubizo-talk-panel>`);
    window.matchMedia = real;
    await holdToTalk();
    expect(panel.renderRoot.textContent).not.to.contain('space bar');
    key('keydown', { code: '' });
    await panel.updateComplete;
    expect(panel.renderRoot.textContent, 'a keyboard on the screen').not.to.contain('space bar');
    key('keydown', { code: 'KeyA' });
    await panel.updateComplete;
    expect(panel.renderRoot.textContent).to.contain('space bar');
  });

  it('follows the space bar, once per press', async () => {
    await holdToTalk();
    key('keydown');
    key('keydown', { repeat: true });
    key('keyup');
    expect(said).to.deep.equal([false, true]);
  });

  it('leaves the space bar to a field', async () => {
    await holdToTalk();
    const field = await fixture<HTMLInputElement>(html`<input aria-label="Any" />`);
    field.dispatchEvent(new KeyboardEvent('keydown', { code: 'Space', bubbles: true, composed: true }));
    expect(said).to.deep.equal([]);
  });
});
