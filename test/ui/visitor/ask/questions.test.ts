import { expect } from '@open-wc/testing';
import { Questions } from '../../../../ui/visitor/ask/questions.ts';
import type { AttendeeSocket } from '../../../../ui/visitor/visit/attendee-socket.ts';
import { FakeHttp, json, refuse } from '../../fake-box/fake-http.ts';
import { FakeTalk, question, standingHost } from '../conversation/host.ts';

describe('a visitor’s questions', () => {
  const host = standingHost();
  let box: FakeTalk;
  let http: FakeHttp;
  let questions: Questions;

  beforeEach(() => {
    box = new FakeTalk();
    http = new FakeHttp();
    questions = new Questions(host, {
      events: box,
      socket: box as unknown as AttendeeSocket,
      tour: () => 't 1',
      token: () => Promise.resolve('tok'),
    });
  });

  afterEach(() => http.restore());
  after(() => host.remove());

  const mine = question({ id: 'm', mine: true, state: 'pending', seen: false, open: true });

  it('are sent with the visitor’s pass, and one is open until it has been answered', async () => {
    http.on('POST /api/visits/t%201/questions', () => json(mine, 201));
    expect(await questions.ask('¿Por qué?')).to.equal(true);
    expect(http.calls[0]?.body).to.equal('{"text":"¿Por qué?"}');
    expect(http.calls[0]?.headers.get('authorization')).to.equal('Bearer tok');
    expect(questions.open?.id).to.equal('m');
    box.say({ type: 'question', question: question({ id: 'm', mine: true, state: 'answered' }) });
    expect(questions.open).to.equal(undefined);
    expect(questions.own).to.have.length(1);
  });

  it('are not kept from asking by a call for help', async () => {
    const call = question({ id: 'm', mine: true, state: 'pending' });
    http.on('POST /api/visits/t%201/questions', () => json(call, 201));
    await questions.ask('Where are you?', { urgent: true });
    expect(http.calls[0]?.body).to.equal('{"text":"Where are you?","urgent":true}');
    expect(questions.own).to.have.length(1);
    expect(questions.open).to.equal(undefined);
    // Nor on a page that did not make it.
    box.say({ type: 'questions', questions: [call] });
    expect(questions.open).to.equal(undefined);
  });

  it('say why the box refuses one, and keep nothing of it', async () => {
    http.on('POST /api/visits/t%201/questions', () => refuse('question_open', 409));
    expect(await questions.ask('Again?')).to.equal(false);
    expect(questions.problem?.code).to.equal('question_open');
    expect(questions.all).to.have.length(0);
  });

  it('are taken back', async () => {
    http.on('DELETE /api/visits/t%201/questions/m', () => new Response(null, { status: 204 }));
    box.say({ type: 'questions', questions: [mine] });
    await questions.withdraw('m');
    expect(questions.all).to.have.length(0);
  });

  it('make news when something becomes of an own one that is not on the screen', () => {
    box.say({ type: 'questions', questions: [mine, question()] });
    box.say({ type: 'question', question: question({ votes: 5 }) });
    expect(questions.news, 'of others').to.equal(false);
    const reply = { text: 'Left.', by: 'as-written', original: 'Left.', at: 5 } as const;
    box.say({ type: 'question', question: { ...mine, reply } });
    expect(questions.news).to.equal(true);
    questions.look(true);
    box.say({ type: 'question', question: { ...mine, reply, state: 'answering' } });
    expect(questions.news, 'while looking').to.equal(false);
  });

  it('of others are voted for once, and the vote is taken back', () => {
    box.say({ type: 'questions', questions: [question({ votes: 2 }), mine] });
    questions.vote('q1', true);
    questions.vote('q1', true);
    questions.vote('m', true);
    expect(questions.shown[0]?.votes).to.equal(3);
    questions.vote('q1', false);
    expect(questions.shown[0]?.votes).to.equal(2);
    expect(box.sent).to.deep.equal([
      { type: 'vote', question: 'q1', on: true },
      { type: 'vote', question: 'q1', on: false },
    ]);
    box.say({ type: 'question-gone', id: 'q1' });
    expect(questions.shown).to.have.length(0);
  });
});
