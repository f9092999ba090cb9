import { expect, fixture, html } from '@open-wc/testing';
import { Reactions } from '../../../../ui/visitor/react/reactions.ts';
import type { ReactionBar } from '../../../../ui/visitor/react/reaction-bar.ts';
import '../../../../ui/visitor/react/reaction-bar.ts';
import type { AttendeeSocket } from '../../../../ui/visitor/visit/attendee-socket.ts';
import { expectAccessible } from '../../accessible.ts';
import { waitUntil } from '../../patience.ts';
import { FakeTalk, standingHost } from '../conversation/host.ts';

it('five reactions have names, are as large as a thumb, and take one tap', async () => {
  const bar = await fixture<ReactionBar>(html`<ubizo-reaction-bar></ubizo-reaction-bar>`);
  await expectAccessible(bar);
  const buttons = [...bar.renderRoot.querySelectorAll('button')];
  expect(buttons.map((button) => button.ariaLabel)).to.deep.equal([
    'I like it',
    'I love it',
    'Funny',
    'Amazing',
    'Applause',
  ]);
  for (const button of buttons) {
    const { width, height } = button.getBoundingClientRect();
    expect(Math.min(width, height)).to.be.at.least(48);
  }
  let told = '';
  bar.addEventListener('react', (event) => (told = (event as CustomEvent<string>).detail));
  buttons[4]!.click();
  expect(told).to.equal('clap');
  bar.told = 'clap';
  await bar.updateComplete;
  expect(bar.renderRoot.querySelector('[role=status]')?.textContent).to.equal('Sent: Applause');
  await expectAccessible(bar);
});

it('who taps faster than once a second means one reaction', async () => {
  const box = new FakeTalk();
  const host = standingHost();
  const reactions = new Reactions(host, { socket: box as unknown as AttendeeSocket });
  for (let tap = 0; tap < 100; tap++) reactions.tell('love');
  expect(box.sent).to.deep.equal([{ type: 'reaction', reaction: 'love' }]);
  await waitUntil(() => reactions.told === undefined, 'the next one');
  reactions.tell('wow');
  expect(box.sent).to.have.length(2);
  host.remove();
});
