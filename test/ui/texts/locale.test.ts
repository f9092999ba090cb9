import { msg } from '@lit/localize';
import { expect, fixture, html } from '@open-wc/testing';
import { bestLocale, provideTexts, speak } from '../../../ui/texts/locale.ts';
import { visitorTexts } from '../../../ui/texts/visitor-texts.ts';
import type { LanguageList } from '../../../ui/visitor/choose-language/language-list.ts';
import '../../../ui/visitor/choose-language/language-list.ts';
import { expectAccessible } from '../accessible.ts';
import { tour } from '../fake-box/tours.ts';

describe('the language of a page', () => {
  before(() => provideTexts(visitorTexts));
  afterEach(() => speak(['en']));

  it('is the first of the browser’s that has texts', () => {
    expect(bestLocale(['ca', 'fr-CA', 'en'])).to.equal('fr');
    expect(bestLocale(['sv', 'fi'])).to.equal(undefined);
  });

  it('is English where there are no texts', async () => {
    await speak(['sv']);
    expect(document.documentElement.lang).to.equal('en');
    expect(document.documentElement.dir).to.equal('ltr');
  });

  for (const [language, direction, listen] of [
    ['es-MX', 'ltr', 'Escuchar'],
    ['fr', 'ltr', 'Écouter'],
    ['de-AT', 'ltr', 'Zuhören'],
    ['ar-EG', 'rtl', 'استمع'],
    ['ja', 'ltr', '聴く'],
  ] as const) {
    it(`speaks ${language}, ${direction}`, async () => {
      await speak([language]);
      expect(document.documentElement.lang).to.equal(language.slice(0, 2));
      expect(document.documentElement.dir).to.equal(direction);
      expect(msg('Listen')).to.equal(listen);
    });
  }

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
