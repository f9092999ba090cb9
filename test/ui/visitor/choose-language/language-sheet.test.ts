import { expect, fixture, html, oneEvent } from '@open-wc/testing';
import type { LanguageSheet } from '../../../../ui/visitor/choose-language/language-sheet.ts';
import '../../../../ui/visitor/choose-language/language-sheet.ts';
import { expectAccessible } from '../../accessible.ts';
import { tour } from '../../fake-box/tours.ts';
import { deep } from '../../shadow.ts';

const away = (): Promise<never> => Promise.reject(new TypeError('Failed to fetch'));

const sheet = (fetchSheet: () => Promise<unknown>): Promise<LanguageSheet> =>
  fixture<LanguageSheet>(
    html`<ubizo-language-sheet
      .tour=${tour()}
      .language=${'es'}
      .first=${'es'}
      .fetchSheet=${fetchSheet}
    ></ubizo-language-sheet>`,
  );

const seen = (element: LanguageSheet): boolean => deep(element, 'input')!.checkVisibility();

describe('the sheet of languages', () => {
  // The first one: once it is defined, the sheet is there for every test.
  it('lets languages be chosen in the page while the sheet cannot be fetched', async () => {
    const element = await sheet(away);
    expect(seen(element)).to.equal(false);
    await element.open();
    await element.updateComplete;
    expect(seen(element)).to.equal(true);
    await expectAccessible(element);
    setTimeout(() => deep<HTMLInputElement>(element, 'input[value=ja]')!.click());
    const { detail } = await oneEvent(element, 'language-choice');
    expect(detail).to.equal('ja');
    await element.updateComplete;
    expect(seen(element)).to.equal(false);
  });

  it('opens over the page and closes when a language is chosen', async () => {
    const element = await sheet(() => import('../../../../ui/visitor/later.ts'));
    expect(seen(element)).to.equal(false);
    await element.open();
    expect(deep<HTMLDialogElement>(element, 'dialog')!.open).to.equal(true);
    expect(seen(element)).to.equal(true);
    await expectAccessible(element);
    deep<HTMLInputElement>(element, 'input[value=ja]')!.click();
    expect(deep<HTMLDialogElement>(element, 'dialog')!.open).to.equal(false);
  });
});
