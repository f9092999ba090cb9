import { expect, fixture, html, oneEvent } from '@open-wc/testing';
import type { CallSheet } from '../../../../ui/visitor/call/call-sheet.ts';
import '../../../../ui/visitor/call/call-sheet.ts';
import { expectAccessible } from '../../accessible.ts';
import { deep, everything, text } from '../../shadow.ts';

describe('the sheet for one who is lost', () => {
  let sheet: CallSheet;

  beforeEach(async () => {
    sheet = await fixture<CallSheet>(html`<ubizo-call-sheet voice possible></ubizo-call-sheet>`);
    sheet.show();
  });

  it('sends a sentence that is written already', async () => {
    await expectAccessible(sheet);
    setTimeout(() => deep<HTMLFormElement>(sheet, 'form')!.requestSubmit());
    const { detail } = (await oneEvent(sheet, 'call-help')) as CustomEvent<string>;
    expect(detail).to.equal('I have lost the group. Where are you?');
    sheet.sent = true;
    await sheet.updateComplete;
    expect(everything(sheet)).to.contain('before all other questions');
    await expectAccessible(sheet);
  });

  it('calls, counts down, and hangs up', async () => {
    setTimeout(() => [...sheet.renderRoot.querySelectorAll<HTMLButtonElement>('.big')].at(-1)!.click());
    await oneEvent(sheet, 'ring');
    sheet.call = { is: 'ringing' };
    await sheet.updateComplete;
    await expectAccessible(sheet);
    sheet.call = { is: 'active', interpreted: true };
    sheet.left = 245;
    await sheet.updateComplete;
    expect(text(sheet, '.left')).to.equal('4:05');
    expect(text(sheet, '.status')).to.contain('Nobody else hears it');
    await expectAccessible(sheet);
    setTimeout(() => deep<HTMLButtonElement>(sheet, '.hang-up')!.click());
    await oneEvent(sheet, 'hang-up');
  });

  it('says why a call has ended, and what else can be done', async () => {
    for (const [end, words] of [
      ['declined', 'Write instead'],
      ['missed', 'did not answer'],
      ['over', 'five minutes'],
      ['lost', 'call again'],
      ['hung-up', 'ended'],
    ] as const) {
      sheet.call = { is: 'ended', end };
      await sheet.updateComplete;
      expect(text(sheet, '.status'), end).to.contain(words);
    }
    expect(deep(sheet, 'textarea'), 'writing is still there').not.to.equal(null);
  });

  it('says how to call where there is no microphone', async () => {
    sheet.possible = false;
    await sheet.updateComplete;
    expect(everything(sheet)).to.contain('no microphone here');
    await expectAccessible(sheet);
  });
});
