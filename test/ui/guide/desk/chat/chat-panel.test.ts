import { expect } from '@open-wc/testing';
import { expectAccessible } from '../../../accessible.ts';
import { json, refuse } from '../../../fake-box/fake-http.ts';
import { chatMessage } from '../../../fake-box/questions.ts';
import { waitUntil } from '../../../patience.ts';
import { deep, text } from '../../../shadow.ts';
import { buttonNamed, OpenDesk } from '../open-desk.ts';

describe('what the guide writes to all', () => {
  let rig: OpenDesk;

  beforeEach(async () => {
    rig = new OpenDesk();
    await rig.open();
  });

  afterEach(() => rig.close());

  const panel = (): ShadowRoot => rig.find('ubizo-chat-panel').shadowRoot!;
  const field = (): HTMLTextAreaElement => panel().querySelector('textarea')!;
  const message = (id: string): HTMLElement => rig.find(`[data-testid=message-${id}]`);
  const shown = (): string[] =>
    [...panel().querySelectorAll<HTMLElement>('li')].map(({ dataset }) => dataset['testid'] ?? '');

  async function type(words: string): Promise<void> {
    field().value = words;
    field().dispatchEvent(new InputEvent('input', { bubbles: true }));
    await waitUntil(() => !buttonNamed(panel(), 'Send').disabled);
  }

  it('is sent to be kept on top, and what was typed outlives a refusal', async () => {
    expect(buttonNamed(panel(), 'Send').disabled).to.equal(true);
    rig.http.on('POST /api/tours/t1/chat', () => refuse('storage_failed', 500));
    await type('The bus leaves at 15:40.');
    buttonNamed(panel(), 'Send').click();
    await waitUntil(() => text(rig.desk, '.dock', 'ubizo-notice').includes('could not save'));
    expect(field().value).to.equal('The bus leaves at 15:40.');
    await expectAccessible(rig.desk);
    const written = chatMessage('m1', { original: 'The bus leaves at 15:40.', pinned: true });
    rig.http.on('POST /api/tours/t1/chat', () => json(written, 201));
    buttonNamed(panel(), 'Send').click();
    await waitUntil(() => field().value === '');
    const { body } = rig.http.asked('POST /api/tours/t1/chat').at(-1)!;
    expect(JSON.parse(body)).to.deep.equal({ text: 'The bus leaves at 15:40.', pinned: true });
    rig.say({ type: 'chat', message: written });
    await waitUntil(() => shown().join() === 'message-m1');
    expect(deep(rig.desk, '.dock', 'ubizo-notice') === null).to.equal(true);
    await expectAccessible(rig.desk);
  });

  it('is taken down, put on top and deleted', async () => {
    const message1 = chatMessage('m1', { pinned: true });
    rig.say({ type: 'chats', messages: [message1, chatMessage('m2')] });
    await waitUntil(() => shown().join() === 'message-m1,message-m2');
    rig.http.on('PATCH /api/tours/t1/chat/m1', () => json({ ...message1, pinned: false }));
    buttonNamed(message('m1'), 'Take down').click();
    expect(JSON.parse((await rig.asked('PATCH /api/tours/t1/chat/m1')).body)).to.deep.equal({
      pinned: false,
    });
    rig.say({ type: 'chat', message: { ...message1, pinned: false } });
    await waitUntil(() => shown().join() === 'message-m2,message-m1');
    rig.allow('DELETE /api/tours/t1/chat/m2');
    buttonNamed(message('m2'), 'Delete').click();
    await rig.asked('DELETE /api/tours/t1/chat/m2');
    rig.say({ type: 'chat-gone', id: 'm2' });
    await waitUntil(() => shown().join() === 'message-m1');
    expect(buttonNamed(message('m1'), 'Put on top').disabled).to.equal(false);
  });

  it('stands beside how visitors react, each sign in its place', async () => {
    const counts = (): string => text(rig.desk, '[data-testid=reactions]');
    expect(counts()).to.contain('Like: 👍 0');
    rig.say({ type: 'reactions', counts: { like: 12, clap: 3 } });
    await waitUntil(() => counts().includes('Like: 👍 12'));
    expect(counts()).to.contain('Love: ❤️ 0').and.to.contain('Applause: 👏 3');
  });
});
