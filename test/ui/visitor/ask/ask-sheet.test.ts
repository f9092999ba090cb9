import { expect, fixture, html, oneEvent } from '@open-wc/testing';
import { USUAL_ASKING, type Asking } from '../../../../appliance/protocol/asking.ts';
import type { VisitorQuestion } from '../../../../appliance/protocol/questions.ts';
import { LinkError } from '../../../../ui/link/problem.ts';
import type { AskSheet } from '../../../../ui/visitor/ask/ask-sheet.ts';
import '../../../../ui/visitor/ask/ask-sheet.ts';
import { expectAccessible } from '../../accessible.ts';
import { deep, everything, text } from '../../shadow.ts';
import { paste } from '../../paste.ts';
import { question } from '../conversation/host.ts';

interface Look {
  readonly asking?: Partial<Asking>;
  readonly own?: readonly VisitorQuestion[];
  readonly open?: VisitorQuestion;
  readonly shown?: readonly VisitorQuestion[];
  readonly problem?: LinkError;
}

async function open({ asking, own = [], open, shown = [], problem }: Look = {}): Promise<AskSheet> {
  const sheet = await fixture<AskSheet>(
    html`<ubizo-ask-sheet
      .asking=${{ ...USUAL_ASKING, ...asking }}
      .own=${own}
      .open=${open}
      .shown=${shown}
      .problem=${problem}
      .language=${'es'}
    ></ubizo-ask-sheet>`,
  );
  sheet.show();
  await sheet.updateComplete;
  return sheet;
}

const own = (change: Partial<VisitorQuestion>): VisitorQuestion =>
  question({ id: 'm', mine: true, original: '¿Por qué?', language: 'es', ...change });

/** The step that is reached. */
const step = (sheet: AskSheet): string => text(sheet, 'ubizo-own-question', '[aria-current=step]');

describe('the sheet in which a visitor asks', () => {
  it('takes 280 characters and says how to dictate them', async () => {
    const sheet = await open({ asking: { slowS: 90 } });
    await expectAccessible(sheet);
    const field = deep<HTMLTextAreaElement>(sheet, 'textarea')!;
    expect(everything(sheet)).to.contain('microphone key of your keyboard');
    expect(everything(sheet), 'slow mode').to.contain('90 seconds');
    paste(field as unknown as HTMLInputElement, '¿'.repeat(300));
    await new Promise(requestAnimationFrame);
    expect(field.value).to.have.length(280);
    expect(text(sheet, '#count')).to.equal('Characters left: 0');
    setTimeout(() => deep<HTMLFormElement>(sheet, 'form')!.requestSubmit());
    const { detail } = (await oneEvent(sheet, 'ask')) as CustomEvent<string>;
    expect(detail).to.have.length(280);
    expect(field.value, 'until the box has it').to.have.length(280);
    sheet.sent();
    expect(field.value).to.equal('');
  });

  it('says why a question was not taken, and what to do', async () => {
    const problem = new LinkError('too_many_attempts', 'x', { retryAfterS: 20 });
    const sheet = await open({ problem });
    expect(text(sheet, '[role=alert]')).to.equal('Your next question can be sent in 20 seconds.');
    await expectAccessible(sheet);
  });

  it('shows how far an own question has come, and offers no second one meanwhile', async () => {
    const pending = own({ state: 'pending', seen: false });
    const sheet = await open({ own: [pending], open: pending });
    await expectAccessible(sheet);
    expect(deep(sheet, 'textarea')).to.equal(null);
    expect(everything(sheet)).to.contain('One question at a time');
    expect(step(sheet)).to.equal('Sent');
    for (const [change, words] of [
      [{ state: 'pending', seen: true }, 'Your guide has read it'],
      [{ state: 'hidden' }, 'Your guide has read it'],
      [{ state: 'shown' }, 'Everybody sees it'],
      [{ state: 'answering' }, 'It is being answered'],
      [{ state: 'answered' }, 'Answered'],
    ] as const) {
      sheet.own = [own(change)];
      await sheet.updateComplete;
      await new Promise(requestAnimationFrame);
      expect(step(sheet), JSON.stringify(change)).to.equal(words);
    }
  });

  it('takes an own question back', async () => {
    const pending = own({ state: 'pending' });
    const sheet = await open({ own: [pending], open: pending });
    setTimeout(() => deep<HTMLButtonElement>(sheet, 'ubizo-own-question', '.plain')!.click());
    const { detail } = (await oneEvent(sheet, 'withdraw')) as CustomEvent<string>;
    expect(detail).to.equal('m');
  });

  it('shows what the guide has written back, with the original behind a tap', async () => {
    const reply = { text: 'A la izquierda.', by: 'model', original: 'To the left.', at: 9 } as const;
    const sheet = await open({ own: [own({ state: 'answered', reply })] });
    await expectAccessible(sheet);
    expect(text(sheet, '.reply', '.said')).to.equal('A la izquierda.');
    expect(text(sheet, '.reply', 'details')).to.contain('To the left.');
    expect(deep<HTMLDetailsElement>(sheet, 'details')!.open).to.equal(false);
  });

  it('lets others’ questions be wanted too, and holds them still under the finger', async () => {
    const sheet = await open({
      shown: [question({ id: 'a', votes: 4 }), question({ id: 'b', votes: 2, name: 'Kim' })],
    });
    await expectAccessible(sheet);
    const order = (): string =>
      [...deep(sheet, 'ubizo-shown-questions')!.shadowRoot!.querySelectorAll<HTMLElement>('li')]
        .map(({ dataset }) => dataset['question'])
        .join('');
    expect(order()).to.equal('ab');
    const vote = deep<HTMLButtonElement>(sheet, '[data-question=b] .vote')!;
    vote.focus();
    setTimeout(() => vote.click());
    const { detail } = (await oneEvent(sheet, 'vote')) as CustomEvent<object>;
    expect(detail).to.deep.equal({ id: 'b', on: true });
    sheet.shown = [question({ id: 'a', votes: 4 }), question({ id: 'b', votes: 9, voted: true })];
    await sheet.updateComplete;
    await new Promise(requestAnimationFrame);
    expect(order(), 'while it is touched').to.equal('ab');
    vote.blur();
    await new Promise(requestAnimationFrame);
    expect(order(), 'afterwards').to.equal('ba');
  });

  it('says when the guide takes no questions', async () => {
    const sheet = await open({ asking: { to: 'off' } });
    expect(everything(sheet)).to.contain('takes no questions');
    expect(deep(sheet, 'textarea')).to.equal(null);
  });

  it('opens by itself when it is their turn to speak', async () => {
    const sheet = await open();
    sheet.close();
    sheet.due = true;
    await sheet.updateComplete;
    expect(deep<HTMLDialogElement>(sheet, 'dialog')!.open).to.equal(true);
  });
});
