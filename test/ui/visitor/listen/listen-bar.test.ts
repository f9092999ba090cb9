import { expect, fixture, html } from '@open-wc/testing';
import { provideTexts, speak } from '../../../../ui/texts/locale.ts';
import { visitorTexts } from '../../../../ui/texts/visitor-texts.ts';
import type { ListenBar } from '../../../../ui/visitor/listen/listen-bar.ts';
import '../../../../ui/visitor/listen/listen-bar.ts';
import { expectAccessible } from '../../accessible.ts';

async function open(width: number, language: string, playing: boolean): Promise<HTMLButtonElement[]> {
  const box = await fixture<HTMLElement>(
    html`<div style="inline-size: ${width - 24}px">
      <ubizo-listen-bar .language=${language} ?playing=${playing}></ubizo-listen-bar>
    </div>`,
  );
  const bar = box.querySelector<ListenBar>('ubizo-listen-bar')!;
  await bar.updateComplete;
  await expectAccessible(bar);
  return [...bar.renderRoot.querySelectorAll('button')];
}

function expectWhole(buttons: readonly HTMLButtonElement[], width: number): void {
  for (const button of buttons) {
    const { width: wide, height } = button.getBoundingClientRect();
    const words = button.textContent.trim();
    expect(Math.min(wide, height), words).to.be.at.least(48);
    expect(wide, words).to.be.at.most(width - 24);
    expect(button.scrollWidth, `all of “${words}”`).to.be.at.most(button.clientWidth + 1);
  }
}

describe('the bar under the thumb', () => {
  before(() => provideTexts(visitorTexts));

  afterEach(async () => {
    document.documentElement.style.removeProperty('font-size');
    await speak(['en']);
  });

  for (const [locale, language] of [
    ['es', 'es'],
    ['pt', 'pt-BR'],
    ['ru', 'zh-Hans'],
    ['vi', 'vi'],
    ['id', 'id'],
    ['ar', 'ar'],
    ['ja', 'ja'],
  ] as const) {
    it(`shows all of its words in ${locale}, on a narrow phone with letters twice as large too`, async () => {
      await speak([locale]);
      for (const playing of [false, true]) {
        expectWhole(await open(390, language, playing), 390);
        document.documentElement.style.fontSize = '200%';
        expectWhole(await open(320, language, playing), 320);
        document.documentElement.style.removeProperty('font-size');
      }
    });
  }

  it('stands in one row on a phone of usual width', async () => {
    await speak(['es']);
    const tops = (await open(390, 'es', false)).map((button) => button.getBoundingClientRect().top);
    expect(new Set(tops).size).to.equal(1);
  });
});
