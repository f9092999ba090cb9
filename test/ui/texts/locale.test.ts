import { msg } from '@lit/localize';
import { expect, fixture, html } from '@open-wc/testing';
import { secondsOf } from '../../../ui/texts/durations.ts';
import { bestLocale, pageLocale, provideTexts, speak } from '../../../ui/texts/locale.ts';
import { visitorTexts } from '../../../ui/texts/visitor-texts.ts';
import type { LanguageList } from '../../../ui/visitor/choose-language/language-list.ts';
import '../../../ui/visitor/choose-language/language-list.ts';
import { expectAccessible } from '../accessible.ts';
import { browsersLanguages, forgetBrowsersLanguages } from '../browsers-languages.ts';
import { tour } from '../fake-box/tours.ts';

describe('the language of a page', () => {
  before(() => provideTexts(visitorTexts));
  afterEach(async () => {
    forgetBrowsersLanguages();
    await speak(['en']);
  });

  it('is the first of the browser’s that has texts', () => {
    expect(bestLocale(['sv', 'fr-CA', 'en'])).to.equal('fr');
    expect(bestLocale(['zh-HK', 'en'])).to.equal('zh-Hans');
    expect(bestLocale(['sv', 'fi'])).to.equal(undefined);
  });

  it('is English where there are no texts', async () => {
    await speak(['sv']);
    expect(document.documentElement.lang).to.equal('en');
    expect(document.documentElement.dir).to.equal('ltr');
  });

  for (const [language, own, direction, listen] of [
    ['es-MX', 'es', 'ltr', 'Escuchar'],
    ['fr', 'fr', 'ltr', 'Écouter'],
    ['de-AT', 'de', 'ltr', 'Zuhören'],
    ['ar-EG', 'ar', 'rtl', 'استمع'],
    ['ja', 'ja', 'ltr', '聴く'],
    ['pt-BR', 'pt', 'ltr', 'Ouvir'],
    ['zh-CN', 'zh-Hans', 'ltr', '收听'],
    ['zh-TW', 'zh-Hans', 'ltr', '收听'],
    ['ko-KR', 'ko', 'ltr', '듣기'],
    ['ru-RU', 'ru', 'ltr', 'Слушать'],
    ['hi-IN', 'hi', 'ltr', 'सुनें'],
    ['id-ID', 'id', 'ltr', 'Dengarkan'],
    ['vi-VN', 'vi', 'ltr', 'Nghe'],
    ['it-CH', 'it', 'ltr', 'Ascolta'],
    ['ca', 'ca', 'ltr', 'Escolta'],
  ] as const) {
    it(`speaks ${language}, ${direction}`, async () => {
      await speak([language]);
      expect(document.documentElement.lang).to.equal(own);
      expect(document.documentElement.dir).to.equal(direction);
      expect(msg('Listen')).to.equal(listen);
    });
  }

  it('shows with invisible marks where a line of Japanese may end', async () => {
    await speak(['ja']);
    expect(msg('Hear your guide in your language')).to.equal('ガイドの\u200B話をあなたの\u200B言語で');
  });

  it('writes numbers and dates as in the person’s country, where it speaks that language', async () => {
    await speak(['de']);
    browsersLanguages('de-CH', 'en-GB');
    expect(pageLocale()).to.equal('de-CH');
    await speak(['en']);
    expect(pageLocale()).to.equal('en-GB');
    browsersLanguages('fr');
    expect(pageLocale()).to.equal('en');
    browsersLanguages('en-US@posix');
    expect(pageLocale()).to.equal('en');
  });

  it('mixes no two scripts', async () => {
    browsersLanguages('zh-TW', 'en');
    await speak(['zh-TW']);
    expect(pageLocale()).to.equal('zh-Hans');
    expect(secondsOf(12_000, 'long')).to.equal('12秒钟');
  });

  it('turns the page round for Arabic', async () => {
    await speak(['ar']);
    const list = await fixture<LanguageList>(
      html`<ubizo-language-list .tour=${tour()} .language=${'ar'}></ubizo-language-list>`,
    );
    await expectAccessible(list);
    const radio = list.renderRoot.querySelector('input')!.getBoundingClientRect();
    const name = list.renderRoot.querySelector('bdi')!.getBoundingClientRect();
    expect(radio.left).to.be.greaterThan(name.left);
    expect(list.renderRoot.querySelector('.more')?.textContent).to.equal('صوت المرشد نفسه');
  });
});
