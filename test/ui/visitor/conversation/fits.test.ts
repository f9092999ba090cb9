import { expect, fixture, html } from '@open-wc/testing';
import type { TemplateResult } from 'lit';
import { USUAL_ASKING } from '../../../../appliance/protocol/asking.ts';
import { laterTexts } from '../../../../ui/texts/later-texts.ts';
import { provideMore, provideTexts, speak } from '../../../../ui/texts/locale.ts';
import { visitorTexts } from '../../../../ui/texts/visitor-texts.ts';
import '../../../../ui/visitor/ask/ask-sheet.ts';
import '../../../../ui/visitor/ask/speak-panel.ts';
import '../../../../ui/visitor/call/call-sheet.ts';
import '../../../../ui/visitor/call/help-button.ts';
import '../../../../ui/visitor/conversation/talk-bar.ts';
import '../../../../ui/visitor/pinned/pinned-message.ts';
import { expectAccessible } from '../../accessible.ts';
import { question } from './host.ts';

const WIDTH = 320;
const message = {
  id: 'm',
  text: 'Donaudampfschifffahrtsgesellschaftskapitän 15:40',
  by: 'box',
  original: 'x',
  language: 'ja',
  pinned: true,
  at: 1,
};

const own = question({ id: 'm', mine: true, state: 'pending', open: true });

/** All that is drawn below `root`, in whatever shadow root. */
function* drawn(root: Element | ShadowRoot): Generator<HTMLElement> {
  for (const element of root.querySelectorAll<HTMLElement>('*')) {
    yield element;
    if (element.shadowRoot) yield* drawn(element.shadowRoot);
  }
}

/** Shows it in a window of a narrow phone. */
async function expectWhole(what: TemplateResult): Promise<void> {
  const box = await fixture<HTMLElement>(html`<div style="inline-size: ${WIDTH}px">${what}</div>`);
  for (const element of drawn(box))
    if ('show' in element && element.localName.endsWith('-sheet'))
      (element as HTMLElement & { show(): void }).show();
  await new Promise(requestAnimationFrame);
  for (const dialog of drawn(box))
    if (dialog instanceof HTMLDialogElement) dialog.style.inlineSize = `${WIDTH}px`;
  for (const element of drawn(box)) {
    if (!element.matches('button, summary, p, label, h2, h3, li, a')) continue;
    const { width, height } = element.getBoundingClientRect();
    if (element.closest('.unseen') || width === 0) continue;
    const words = `${element.localName} “${element.textContent.trim().slice(0, 40)}”`;
    if (element.matches('button, summary, a')) expect(height, words).to.be.at.least(48);
    expect(width, words).to.be.at.most(WIDTH);
    expect(element.scrollWidth, `all of ${words}`).to.be.at.most(Math.ceil(width) + 1);
  }
  await expectAccessible(box);
}

describe('the conversation on a narrow phone with letters twice as large', () => {
  before(async () => {
    provideTexts(visitorTexts);
    await provideMore(laterTexts);
    document.documentElement.style.fontSize = '200%';
  });

  after(async () => {
    document.documentElement.style.removeProperty('font-size');
    await speak(['en']);
  });

  for (const locale of ['de', 'ar', 'ja', 'ru', 'vi', 'pt'])
    it(`shows all of its words in ${locale}`, async () => {
      await speak([locale]);
      await expectWhole(html`
        <ubizo-talk-bar live news></ubizo-talk-bar>
        <ubizo-pinned-message
          .message=${message}
          .count=${2}
          .unread=${1}
          .language=${'de'}
        ></ubizo-pinned-message>
      `);
      await expectWhole(
        html`<ubizo-ask-sheet
          .asking=${{ ...USUAL_ASKING, slowS: 30 }}
          .own=${[own]}
          .shown=${[question({ by: 'box', name: 'Kim' })]}
          .language=${'de'}
        >
          <ubizo-speak-panel slot="voice" possible heard></ubizo-speak-panel>
          <ubizo-help-button></ubizo-help-button>
        </ubizo-ask-sheet>`,
      );
      await expectWhole(
        html`<ubizo-call-sheet voice possible .call=${{ is: 'ended', end: 'declined' }}></ubizo-call-sheet>`,
      );
    });
});
