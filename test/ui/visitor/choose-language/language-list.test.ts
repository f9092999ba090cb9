import { expect, fixture, html, oneEvent } from '@open-wc/testing';
import type { LanguageList } from '../../../../ui/visitor/choose-language/language-list.ts';
import '../../../../ui/visitor/choose-language/language-list.ts';
import { languagesOf, preferredLanguage } from '../../../../ui/visitor/choose-language/preferred-language.ts';
import { expectAccessible } from '../../accessible.ts';
import { channel, tour } from '../../fake-box/tours.ts';

const list = (first = 'en'): Promise<LanguageList> =>
  fixture<LanguageList>(
    html`<ubizo-language-list .tour=${tour()} .language=${'es'} .first=${first}></ubizo-language-list>`,
  );

const rows = (element: LanguageList): string[] =>
  [...element.renderRoot.querySelectorAll('label')].map((row) =>
    row.innerText.replaceAll(/\s+/gu, ' ').trim(),
  );

describe('the list of languages', () => {
  it('is accessible', async () => {
    await expectAccessible(await list());
  });

  it('names each language in its own script, and says what is rough and what is the guide', async () => {
    expect(rows(await list())).to.deep.equal([
      'English the guide’s own voice',
      'Español Spanish',
      'العربية Arabic · rough translation, often wrong',
      '日本語 Japanese',
    ]);
  });

  it('puts at the end what nobody interprets, and says so before the tap', async () => {
    const channels = [channel('es', { by: 'guide' }), channel('ar'), channel('ja')];
    const element = await list();
    element.tour = tour({ languages: ['ja', 'es', 'ar', 'nl'], channels });
    await element.updateComplete;
    expect(rows(element)).to.deep.equal([
      'English the guide’s own voice',
      '日本語 Japanese',
      'العربية Arabic',
      'Nederlands Dutch',
      'Español Spanish · the guide’s own voice',
    ]);
  });

  it('keeps its order while somebody is about to tap, whatever becomes of the interpreters', async () => {
    const element = await list();
    const channels = [channel('es', { by: 'guide' }), channel('ar'), channel('ja')];
    element.tour = tour({ channels });
    await element.updateComplete;
    expect(rows(element)).to.deep.equal([
      'English the guide’s own voice',
      'Español Spanish · the guide’s own voice',
      'العربية Arabic',
      '日本語 Japanese',
    ]);
  });

  it('sets the direction of each name', async () => {
    const arabic = (await list()).renderRoot.querySelector('[lang=ar]');
    expect(arabic?.getAttribute('dir')).to.equal('rtl');
  });

  it('begins with the language that is proposed', async () => {
    expect(rows(await list('ja'))[0]).to.contain('日本語');
  });

  it('shows what is chosen and tells what is chosen next', async () => {
    const element = await list();
    expect(element.renderRoot.querySelector<HTMLInputElement>(':checked')?.value).to.equal('es');
    setTimeout(() => element.renderRoot.querySelector<HTMLInputElement>('[value=ja]')!.click());
    const { detail } = await oneEvent(element, 'language-choice');
    expect(detail).to.equal('ja');
  });
});

describe('the proposed language', () => {
  it('is the first wish that the tour offers, exactly or in its main form', () => {
    const offer = tour({ languages: ['pt-BR', 'es', 'fr'] });
    expect(preferredLanguage(offer, ['sv', 'es-MX', 'fr'])).to.equal('es');
    expect(preferredLanguage(offer, ['pt-PT'])).to.equal('pt-BR');
  });

  it('is the guide’s own voice when no wish can be met', () => {
    expect(preferredLanguage(tour(), ['sv', 'fi'])).to.equal('en');
  });

  it('is never one that nobody interprets now', () => {
    const offer = tour({ channels: [channel('es', { by: 'guide' }), channel('ja')] });
    expect(preferredLanguage(offer, ['es', 'ja'])).to.equal('ja');
    expect(preferredLanguage(offer, ['es'])).to.equal('en');
  });

  it('does not name a language twice', () => {
    expect(languagesOf(tour({ languages: ['en', 'es'] }))).to.deep.equal(['en', 'es']);
  });
});
