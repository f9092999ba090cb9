import { expect, oneEvent } from '@open-wc/testing';
import type { AttendeeEvent } from '../../../../appliance/protocol/events.ts';
import { VisitorPage } from '../../../../ui/visitor/visitor-page.ts';
import { expectAccessible } from '../../accessible.ts';
import { FakeHttp, json } from '../../fake-box/fake-http.ts';
import { FakeSockets } from '../../fake-box/fake-sockets.ts';
import { caption, tour } from '../../fake-box/tours.ts';
import { paste } from '../../paste.ts';
import { waitUntil } from '../../patience.ts';
import { deep, text } from '../../shadow.ts';
import { question } from './host.ts';

customElements.define('ubizo-visitor-page', VisitorPage);

describe('the visitor’s page in conversation', () => {
  const home = location.href;
  let http: FakeHttp;
  let sockets: FakeSockets;
  let page: VisitorPage;

  const say = (event: AttendeeEvent): void => sockets.last.say(event);

  const button = (...path: string[]): HTMLButtonElement => deep<HTMLButtonElement>(page, ...path)!;

  before(async () => {
    localStorage.clear();
    localStorage.setItem('ubizo.language', 'es');
    http = new FakeHttp();
    sockets = new FakeSockets();
    http.on('GET /api/tours/by-code/K7P2QX', () => json(tour()));
    http.on('GET /api/live', () => json({ tours: [], box: 'Harbour' }));
    http.on('POST /api/join', () =>
      json({ token: 'tok', whep: '/whep', events: '/events?token=tok', tour: tour() }, 201),
    );
    history.replaceState(null, '', '/j/K7P2QX');
    page = new VisitorPage();
    document.body.append(page);
    await waitUntil(() => deep(page, '.read'), 'a first screen');
    await waitUntil(() => sockets.opened.at(-1)?.readyState === WebSocket.OPEN, 'a socket');
    // All of it before the tap, and so before what shows it has been fetched.
    say({
      type: 'tour',
      snapshot: true,
      tour: tour(),
      language: 'es',
      captions: [
        caption('1', 'Bienvenidos.'),
        caption('2', '¿Cuántos años tiene?', { asked: 'q1' }),
        caption('3', 'Tiene cuatrocientos.', { answers: 'q1' }),
      ],
    });
    say({ type: 'questions', questions: [question()] });
    const message = {
      text: 'Puerta 3',
      by: 'model',
      original: 'Gate 3',
      language: 'en',
      pinned: true,
    } as const;
    say({ type: 'chats', messages: [{ ...message, id: 'm1', at: 1 }] });
    say({ type: 'floor', you: 'none', voice: 'visitor' });
    button('.read').click();
    await waitUntil(() => deep(page, 'ubizo-talk-bar', '.ask'), 'the conversation');
  });

  after(() => {
    page.remove();
    history.replaceState(null, '', home);
    sockets.restore();
    http.restore();
  });

  it('shows what the box told before it was there, and is accessible', async () => {
    expect(text(page, 'ubizo-pinned-message', '.full')).to.contain('Puerta 3');
    expect(text(page, 'ubizo-tour-strip', '.by-ai')).to.equal('A visitor asks');
    await expectAccessible(page);
    say({ type: 'floor', you: 'none', voice: 'reading' });
    await waitUntil(() => text(page, 'ubizo-tour-strip', '.by-ai').includes('A question is read'));
    say({ type: 'floor', you: 'none', voice: 'guide' });
    await waitUntil(() => text(page, 'ubizo-tour-strip', '.by-ai') === 'Text made by AI');
  });

  it('marks question and answer in the captions', () => {
    const lines = [...deep(page, 'ubizo-caption-stream')!.shadowRoot!.querySelectorAll('.lines p')];
    const read = lines.map((line) => line.textContent.replaceAll(/\s+/gu, ' ').trim());
    expect(read).to.deep.equal([
      'Bienvenidos.',
      'Question¿Cuántos años tiene?',
      'AnswerTiene cuatrocientos.',
    ]);
  });

  it('takes a question, follows it, and says that there is news', async () => {
    const mine = question({
      id: 'm',
      mine: true,
      state: 'pending',
      open: true,
      seen: false,
      original: '¿Y el puente?',
    });
    http.on('POST /api/visits/t1/questions', () => json(mine, 201));
    button('ubizo-talk-bar', '.ask').click();
    await waitUntil(() => deep<HTMLDialogElement>(page, 'ubizo-ask-sheet', 'dialog')?.open, 'the sheet');
    await expectAccessible(page);
    paste(deep(page, 'ubizo-question-form', 'textarea') as unknown as HTMLInputElement, '¿Y el puente?');
    deep<HTMLFormElement>(page, 'ubizo-question-form', 'form')!.requestSubmit();
    await waitUntil(() => text(page, 'ubizo-own-question', '.asked') === '¿Y el puente?', 'the question');
    setTimeout(() => button('ubizo-ask-sheet', '.top .plain').click());
    await oneEvent(deep(page, 'ubizo-ask-sheet')!, 'ask-closed');
    say({ type: 'question', question: { ...mine, state: 'answering' } });
    await waitUntil(() => text(page, 'ubizo-talk-bar', '.bar > [role=status]') !== '', 'news');
  });

  it('sends reactions, votes and that it is too fast over the socket', () => {
    button('ubizo-reaction-bar', 'button').click();
    button('ubizo-too-fast-button', 'button').click();
    button('ubizo-shown-questions', '.vote').click();
    expect(sockets.last.received.slice(-3)).to.deep.equal([
      { type: 'reaction', reaction: 'like' },
      { type: 'too-fast' },
      { type: 'vote', question: 'q1', on: true },
    ]);
  });

  it('tells the guide who is lost before all else', async () => {
    http.on('POST /api/visits/t1/questions', () =>
      json(question({ id: 'l', mine: true, state: 'pending' }), 201),
    );
    button('ubizo-talk-bar', '.ask').click();
    button('ubizo-help-button', 'button').click();
    await waitUntil(() => deep<HTMLDialogElement>(page, 'ubizo-call-sheet', 'dialog')?.open, 'the sheet');
    expect(deep<HTMLDialogElement>(page, 'ubizo-ask-sheet', 'dialog')?.open).to.equal(false);
    await expectAccessible(page);
    deep<HTMLFormElement>(page, 'ubizo-call-sheet', 'form')!.requestSubmit();
    await waitUntil(() => text(page, 'ubizo-call-sheet').includes('before all other'), 'sent');
    const { body } = http.asked('POST /api/visits/t1/questions').at(-1)!;
    expect(JSON.parse(body)).to.deep.equal({ text: 'I have lost the group. Where are you?', urgent: true });
  });

  it('is no more when the tour is over', async () => {
    say({ type: 'tour-changed', changes: { state: 'ended' } });
    await waitUntil(() => !deep(page, 'ubizo-talk-bar') && !deep(page, 'ubizo-pinned-message'));
  });
});
