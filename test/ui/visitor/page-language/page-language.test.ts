import { expect, fixture, html } from '@open-wc/testing';
import { provideTexts, speak } from '../../../../ui/texts/locale.ts';
import { visitorTexts } from '../../../../ui/texts/visitor-texts.ts';
import '../../../../ui/visitor/page-language/page-language.ts';
import type { PageLanguage } from '../../../../ui/visitor/page-language/page-language.ts';
import { takeFromAddress } from '../../../../ui/visitor/page-language/wished-languages.ts';
import { wishedLanguages } from '../../../../ui/visitor/page-language/wishes.ts';
import { expectAccessible } from '../../accessible.ts';
import { browsersLanguages, forgetBrowsersLanguages } from '../../browsers-languages.ts';
import { waitUntil } from '../../patience.ts';

async function open(): Promise<{ globe: PageLanguage; select: HTMLSelectElement }> {
  const globe = await fixture<PageLanguage>(html`<ubizo-page-language></ubizo-page-language>`);
  return { globe, select: globe.renderRoot.querySelector('select')! };
}

function choose(select: HTMLSelectElement, language: string): void {
  select.value = language;
  select.dispatchEvent(new Event('change', { bubbles: true }));
}

describe('the globe', () => {
  const home = location.href;

  beforeEach(async () => {
    localStorage.clear();
    provideTexts(visitorTexts);
    await speak(['en']);
  });

  afterEach(async () => {
    forgetBrowsersLanguages();
    history.replaceState(null, '', home);
    await speak(['en']);
  });

  it('is accessible, and as large as a thumb', async () => {
    const { globe, select } = await open();
    await expectAccessible(globe);
    const { width, height } = select.getBoundingClientRect();
    expect(Math.min(width, height)).to.be.at.least(48);
  });

  it('names the fifteen languages of the page, each by its own name', async () => {
    const { select } = await open();
    const options = [...select.options].map(({ text, lang, dir }) => `${text} ${lang} ${dir}`);
    expect(options).to.have.length(15);
    expect(options).to.include.members([
      'English en ltr',
      'Català ca ltr',
      'Русский ru ltr',
      'العربية ar rtl',
      '日本語 ja ltr',
      '简体中文 zh-Hans ltr',
      '한국어 ko ltr',
    ]);
    expect(select.selectedOptions[0]?.text).to.equal('English');
  });

  it('changes the language of the page at once, and for the next time', async () => {
    const { select } = await open();
    choose(select, 'ko');
    await waitUntil(() => document.documentElement.lang === 'ko', 'Korean');
    await waitUntil(() => select.ariaLabel === '이 페이지의 언어', 'a Korean label');
    expect(select.value).to.equal('ko');
    browsersLanguages('fr', 'en');
    expect(wishedLanguages()).to.deep.equal(['ko', 'fr', 'en']);
  });

  it('shows the language that the page still speaks when the other cannot be fetched', async () => {
    provideTexts({ ...visitorTexts, vi: () => Promise.reject(new Error('out of reach')) });
    const { globe, select } = await open();
    choose(select, 'vi');
    await waitUntil(() => select.value === 'en', 'English again');
    await globe.updateComplete;
    expect(document.documentElement.lang).to.equal('en');
  });

  it('was turned on the captive portal already: its choice comes along in the address', () => {
    history.replaceState(null, '', '/?lang=ko');
    takeFromAddress();
    expect(wishedLanguages()[0]).to.equal('ko');
    expect(location.search).to.equal('');
    history.replaceState(null, '', '/?lang=klingon');
    takeFromAddress();
    expect(wishedLanguages()[0]).to.equal('ko');
  });
});
