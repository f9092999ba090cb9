import { expect, fixture, html, oneEvent } from '@open-wc/testing';
import type { ChatMessage } from '../../../../appliance/protocol/chat.ts';
import type { MessageSheet } from '../../../../ui/visitor/pinned/message-sheet.ts';
import '../../../../ui/visitor/pinned/message-sheet.ts';
import { Messages } from '../../../../ui/visitor/pinned/messages.ts';
import type { PinnedMessage } from '../../../../ui/visitor/pinned/pinned-message.ts';
import '../../../../ui/visitor/pinned/pinned-message.ts';
import { expectAccessible } from '../../accessible.ts';
import { everything } from '../../shadow.ts';
import { FakeTalk, standingHost } from '../conversation/host.ts';

const message = (id: string, change: Partial<ChatMessage> = {}): ChatMessage => ({
  id,
  text: 'El autobús sale a las 15:40.',
  by: 'model',
  original: 'The bus leaves at 15:40.',
  language: 'en',
  pinned: false,
  at: Date.UTC(2026, 10, 20, 9),
  ...change,
});

const bar = (change: Partial<ChatMessage>, folded = false): Promise<PinnedMessage> =>
  fixture<PinnedMessage>(
    html`<ubizo-pinned-message
      .message=${message('m', { pinned: true, ...change })}
      .count=${2}
      .unread=${1}
      .language=${'es'}
      ?folded=${folded}
    ></ubizo-pinned-message>`,
  );

describe('what the guide has written', () => {
  it('stands on top with its original a tap away, and makes itself small', async () => {
    const element = await bar({});
    await expectAccessible(element);
    const said = element.renderRoot.querySelector('.full .said');
    expect(said?.getAttribute('lang')).to.equal('es');
    expect(element.renderRoot.querySelector('details')?.textContent).to.contain('The bus leaves');
    const fold = element.renderRoot.querySelector<HTMLButtonElement>('.fold')!;
    setTimeout(() => fold.click());
    const { detail } = (await oneEvent(element, 'fold')) as CustomEvent<boolean>;
    expect(detail).to.equal(true);
    const small = await bar({}, true);
    await expectAccessible(small);
    expect(small.getBoundingClientRect().height).to.be.lessThan(64);
  });

  it('is text and nothing else', async () => {
    const element = await bar({
      text: '<img src=x onerror=alert(1)> https://evil.example <b>x</b>',
      by: 'as-written',
    });
    expect(element.renderRoot.querySelector('.full .said')?.textContent).to.contain('<b>x</b>');
    expect(element.renderRoot.querySelectorAll('img, a, b:not(.unread), script')).to.have.length(0);
  });

  it('says that a translation is rough', async () => {
    expect(everything(await bar({ by: 'box' }))).to.contain('Rough translation');
  });

  it('can all be read again, the newest first', async () => {
    const sheet = await fixture<MessageSheet>(
      html`<ubizo-message-sheet
        .messages=${[message('1', { text: 'First' }), message('2', { text: 'Second', pinned: true })]}
        .language=${'es'}
      ></ubizo-message-sheet>`,
    );
    sheet.show();
    await expectAccessible(sheet);
    const texts = [...sheet.renderRoot.querySelectorAll('li > .said')].map((each) => each.textContent);
    expect(texts).to.deep.equal(['Second', 'First']);
  });

  it('is unread until it was looked at, and the newest pin stands on top', () => {
    const box = new FakeTalk();
    const host = standingHost();
    const messages = new Messages(host, { events: box });
    box.say({ type: 'chats', messages: [message('1'), message('2', { pinned: true })] });
    expect(messages.unread, 'what stands on top is read there').to.equal(1);
    messages.look();
    expect(messages.unread).to.equal(0);
    messages.fold(true);
    expect(messages.isFolded).to.equal(true);
    box.say({ type: 'chat', message: message('3', { pinned: true }) });
    expect(messages.isFolded, 'a new one').to.equal(false);
    box.say({ type: 'chat', message: message('3', { pinned: false }) });
    expect(messages.pinned?.id, 'taken down').to.equal('2');
    expect(messages.unread).to.equal(1);
    box.say({ type: 'chat-gone', id: '3' });
    expect(messages.all).to.have.length(2);
    host.remove();
  });
});
