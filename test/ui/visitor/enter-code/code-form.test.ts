import { expect, fixture, html, oneEvent } from '@open-wc/testing';
import type { CodeForm } from '../../../../ui/visitor/enter-code/code-form.ts';
import '../../../../ui/visitor/enter-code/code-form.ts';
import { expectAccessible } from '../../accessible.ts';
import { tour } from '../../fake-box/tours.ts';
import { paste } from '../../paste.ts';

async function form(properties: Partial<CodeForm> = {}): Promise<CodeForm> {
  const element = await fixture<CodeForm>(html`<ubizo-code-form></ubizo-code-form>`);
  Object.assign(element, properties);
  await element.updateComplete;
  return element;
}

function type(element: CodeForm, code: string): void {
  element.renderRoot.querySelector('input')!.value = code;
  element.renderRoot.querySelector('form')!.requestSubmit();
}

describe('entering a code', () => {
  it('is accessible, with an error and without', async () => {
    await expectAccessible(await form());
    await expectAccessible(await form({ wrong: 'There is no tour with this code.' }));
  });

  it('takes the code however it is spaced', async () => {
    const element = await form();
    setTimeout(() => type(element, ' k7p-2qx '));
    const { detail } = await oneEvent(element, 'code-entered');
    expect(detail).to.equal('K7P2QX');
  });

  for (const pasted of [
    'K 7 P 2 Q X',
    'k–7–p–2–q–x',
    '\u200E\u2060K7P\u200B\u200B\u20112QX\u200E\u2060',
    'Ｋ７Ｐ２ＱＸ',
  ])
    it(`takes all of a code that is pasted: ${pasted}`, async () => {
      const element = await form();
      paste(element.renderRoot.querySelector('input')!, pasted);
      setTimeout(() => element.renderRoot.querySelector('form')!.requestSubmit());
      const { detail } = await oneEvent(element, 'code-entered');
      expect(detail).to.equal('K7P2QX');
    });

  it('does not count what is between the characters', async () => {
    const element = await form();
    type(element, 'K\u200B\u200B\u200B\u200B\u200B7');
    await element.updateComplete;
    expect(element.renderRoot.querySelector('[role=alert]')?.textContent).to.contain('six characters');
  });

  it('says in a sentence that a code is too short', async () => {
    const element = await form();
    type(element, 'K7');
    await element.updateComplete;
    expect(element.renderRoot.querySelector('[role=alert]')?.textContent).to.contain('six characters');
  });

  it('offers the tours that are open by name', async () => {
    const element = await form({ tours: [tour()] });
    await expectAccessible(element);
    const join = element.renderRoot.querySelector('button')!;
    expect(join.textContent).to.contain('Join Old Town');
    setTimeout(() => join.click());
    const { detail } = await oneEvent(element, 'code-entered');
    expect(detail).to.equal('K7P2QX');
  });
});
