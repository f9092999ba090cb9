import { expect, fixture, html, oneEvent } from '@open-wc/testing';
import { abilityOf } from '../../../ui/guide/tours/interpreting.ts';
import type { TourForm } from '../../../ui/guide/tours/tour-form.ts';
import '../../../ui/guide/tours/tour-form.ts';
import { expectAccessible } from '../accessible.ts';
import { box, deskTour } from '../fake-box/tours.ts';
import { paste } from '../paste.ts';
import { deep, text } from '../shadow.ts';

const form = (): Promise<TourForm> =>
  fixture<TourForm>(html`<ubizo-tour-form .box=${box}></ubizo-tour-form>`);

async function search(element: TourForm, words: string): Promise<void> {
  const field = deep<HTMLInputElement>(element, 'input[type=search]')!;
  field.value = words;
  field.dispatchEvent(new InputEvent('input'));
  await settled(element);
}

async function settled(element: TourForm): Promise<void> {
  await element.updateComplete;
  await deep<HTMLElementTagNameMap['ubizo-language-picker']>(element, 'ubizo-language-picker')!
    .updateComplete;
}

async function choose(element: TourForm, tag: string): Promise<void> {
  deep<HTMLInputElement>(element, `input[type=checkbox][value=${tag}]`)!.click();
  await settled(element);
}

function type(element: TourForm, selector: string, words: string): void {
  const field = deep<HTMLInputElement>(element, selector)!;
  field.value = words;
  field.dispatchEvent(new InputEvent('input'));
}

const name = (element: TourForm, words: string): void => type(element, '#name', words);

describe('making a tour', () => {
  afterEach(() => localStorage.clear());

  it('is accessible', async () => {
    const element = await form();
    await choose(element, 'es');
    await expectAccessible(element);
  });

  it('asks for what is missing, in a sentence', async () => {
    const element = await form();
    deep<HTMLFormElement>(element, 'form')!.requestSubmit();
    await element.updateComplete;
    expect(text(element, '[role=alert]')).to.equal('Give the tour a name.');
    name(element, 'Old Town');
    await element.updateComplete;
    expect(text(element, '[role=alert]'), 'gone when it changes').to.equal('');
    deep<HTMLFormElement>(element, 'form')!.requestSubmit();
    await element.updateComplete;
    expect(text(element, '[role=alert]')).to.contain('at least one language');
  });

  it('says before the start what a language costs, and which cost nothing', async () => {
    const element = await form();
    const pairs = [{ from: '*', to: ['es', 'ca'], rough: false }];
    element.box = { ...element.box!, pairs, interpreter: 'openai', usdPerMinute: 0.034 };
    await settled(element);
    expect(text(element, '[aria-labelledby=group-good]')).to.contain('Translated well About $2.04 an hour');
  });

  it('remembers the languages of the last tour, and can be cancelled', async () => {
    const first = await form();
    name(first, 'Old Town');
    await choose(first, 'ca');
    setTimeout(() => deep<HTMLFormElement>(first, 'form')!.requestSubmit());
    await oneEvent(first, 'tour-form');
    const next = await form();
    await settled(next);
    expect(deep<HTMLInputElement>(next, 'input[value=ca]')?.checked).to.equal(true);
    setTimeout(() => deep<HTMLButtonElement>(next, '.buttons button[type=button]')!.click());
    await oneEvent(next, 'tour-cancel');
  });

  it('proposes what the interpreter can do and finds the others by name or code', async () => {
    const element = await form();
    expect(deep(element, 'input[value=es]') !== null).to.equal(true);
    expect(deep(element, 'input[value=ja]') === null).to.equal(true);
    await search(element, '日');
    await choose(element, 'ja');
    expect(text(element, '[aria-labelledby=group-none]')).to.contain('Your own voice only');
    expect(text(element, '[aria-labelledby=group-none]')).to.contain('Japanese 日本語');
    expect(text(element, '[role=status]')).to.contain('Not translated here: Japanese');
  });

  it('takes any language code', async () => {
    const element = await form();
    await search(element, 'pt-BR');
    deep<HTMLButtonElement>(element, '.chips button')!.click();
    await settled(element);
    expect(deep<HTMLInputElement>(element, 'input[value=pt-BR]')?.checked).to.equal(true);
  });

  it('tells everything that was entered', async () => {
    const element = await form();
    name(element, '  Old Town ');
    await choose(element, 'es');
    await choose(element, 'ca');
    setTimeout(() => deep<HTMLFormElement>(element, 'form')!.requestSubmit());
    const { detail } = await oneEvent(element, 'tour-form');
    expect(detail).to.deep.equal({ name: 'Old Town', floorLanguage: 'en', languages: ['es', 'ca'] });
  });

  it('tells the details that were entered, as the box takes them', async () => {
    const element = await form();
    name(element, 'Old Town');
    await choose(element, 'es');
    deep<HTMLDetailsElement>(element, 'details')!.open = true;
    paste(deep<HTMLInputElement>(element, '#entry-code')!, ' L I O N – 7 7');
    type(element, '#glossary', 'Casa Milà = ja: カサ・ミラ\n\nRambla');
    type(element, '#notes', 'Meet at the fountain.');
    type(element, '#cap', '12.5');
    await element.updateComplete;
    await expectAccessible(element);
    setTimeout(() => deep<HTMLFormElement>(element, 'form')!.requestSubmit());
    const { detail } = await oneEvent(element, 'tour-form');
    expect(detail).to.deep.equal({
      name: 'Old Town',
      floorLanguage: 'en',
      languages: ['es'],
      entryCode: 'LION77',
      glossary: [{ term: 'Casa Milà', translations: { ja: 'カサ・ミラ' } }, { term: 'Rambla' }],
      notes: 'Meet at the fountain.',
      spendCapUsd: 12.5,
    });
  });

  it('knows a language in any case, and no name of which nothing can be seen', async () => {
    const element = await form();
    name(element, '\u3164\u2060');
    await search(element, 'ZH-hant');
    expect(text(element, '.chips button')).to.equal('Add zh-Hant');
    deep<HTMLButtonElement>(element, '.chips button')!.click();
    await settled(element);
    type(element, '#glossary', 'Casa Milà = ZH-hant: 米拉之家');
    deep<HTMLFormElement>(element, 'form')!.requestSubmit();
    await element.updateComplete;
    expect(text(element, '[role=alert]')).to.equal('Give the tour a name.');
    name(element, 'Old Town');
    setTimeout(() => deep<HTMLFormElement>(element, 'form')!.requestSubmit());
    const { detail } = await oneEvent(element, 'tour-form');
    expect(detail).to.deep.equal({
      name: 'Old Town',
      floorLanguage: 'en',
      languages: ['zh-Hant'],
      glossary: [{ term: 'Casa Milà', translations: { 'zh-Hant': '米拉之家' } }],
    });
  });

  it('says which detail the box would not take', async () => {
    const element = await form();
    name(element, 'Old Town');
    await choose(element, 'es');
    type(element, '#entry-code', 'A-1 2');
    deep<HTMLFormElement>(element, 'form')!.requestSubmit();
    await element.updateComplete;
    expect(text(element, '[role=alert]')).to.equal('4 to 12 letters and digits.');
    type(element, '#entry-code', '');
    type(element, '#glossary', 'Rambla\nCasa Milà = カサ・ミラ');
    deep<HTMLFormElement>(element, 'form')!.requestSubmit();
    await element.updateComplete;
    expect(text(element, '[role=alert]')).to.contain('Line 2');
  });

  it('says which of two lines with one term counts, and takes both', async () => {
    const element = await form();
    name(element, 'Old Town');
    await choose(element, 'es');
    type(element, '#glossary', 'Rambla\nrambla = ja: ランブラ');
    await element.updateComplete;
    const described = deep(element, '#glossary')!.getAttribute('aria-describedby')!;
    expect(text(element, `#${described}`)).to.equal('“rambla” is there more than once: the last one counts.');
    expect(deep(element, '#glossary')!.getAttribute('aria-invalid')).to.equal('false');
  });

  it('tells of a tour that is edited only the details that were changed', async () => {
    const tour = deskTour({ entryCode: 'LION', notes: 'Meet at the fountain.' });
    const element = await fixture<TourForm>(
      html`<ubizo-tour-form .box=${box} .tour=${tour}></ubizo-tour-form>`,
    );
    type(element, '#entry-code', '');
    // The cap was raised at the desk meanwhile: it is not put back.
    element.tour = { ...tour, spend: { ...tour.spend, capUsd: 30 } };
    await element.updateComplete;
    setTimeout(() => deep<HTMLFormElement>(element, 'form')!.requestSubmit());
    const { detail } = await oneEvent(element, 'tour-form');
    expect(detail).to.deep.equal({
      name: 'Old Town',
      floorLanguage: 'en',
      languages: ['es', 'ar', 'ja'],
      entryCode: '',
    });
  });

  it('sets how the tour takes what visitors say, and tells of it only when it was changed', async () => {
    const tour = deskTour();
    const element = await fixture<TourForm>(
      html`<ubizo-tour-form .box=${box} .tour=${tour}></ubizo-tour-form>`,
    );
    deep<HTMLInputElement>(element, '[value=all]')!.click();
    await element.updateComplete;
    deep<HTMLInputElement>(element, '#guide-barges-in')!.click();
    await element.updateComplete;
    const slow = deep<HTMLSelectElement>(element, '#slow')!;
    slow.value = '60';
    slow.dispatchEvent(new Event('change', { bubbles: true }));
    await element.updateComplete;
    await expectAccessible(element);
    setTimeout(() => deep<HTMLFormElement>(element, 'form')!.requestSubmit());
    const { detail } = await oneEvent(element, 'tour-form');
    expect(detail).to.deep.include({
      asking: { ...tour.asking, to: 'all', guideBargesIn: false, slowS: 60 },
    });
  });

  it('does not let the guide’s language change once the tour has started', async () => {
    const element = await fixture<TourForm>(
      html`<ubizo-tour-form
        .box=${box}
        .tour=${deskTour({ startedAt: '2026-11-20T09:10:00Z' })}
      ></ubizo-tour-form>`,
    );
    expect(deep<HTMLSelectElement>(element, '#speaks')?.disabled).to.equal(true);
    expect(deep<HTMLInputElement>(element, '#name')?.value).to.equal('Old Town');
  });
});

describe('what a box can interpret', () => {
  it('goes by pairs, and is rough without a large model', () => {
    expect(abilityOf(box, 'en', 'es')).to.equal('rough');
    expect(abilityOf(box, 'de', 'es')).to.equal('none');
    const large = { ...box, pairs: [{ from: '*', to: ['es', 'pt'], rough: false }, ...box.pairs] };
    expect(abilityOf(large, 'ja', 'es')).to.equal('good');
    expect(abilityOf(large, 'ja', 'pt-BR')).to.equal('good');
    expect(abilityOf(large, 'ja', 'sw')).to.equal('none');
    expect(abilityOf(large, 'en', 'ca'), 'what only the box can do').to.equal('rough');
  });
});
