import { expect } from '@open-wc/testing';
import { withCaption, withSnapshot } from '../../../ui/captions/caption-log.ts';
import { caption } from '../fake-box/tours.ts';

describe('the caption log', () => {
  it('replaces a draft by what follows it', () => {
    const draft = withCaption([], caption('1', 'Bue', { final: false }));
    const final = withCaption(draft, caption('1', 'Buenos días.'));
    expect(final.map(({ text }) => text)).to.deep.equal(['Buenos días.']);
  });

  it('does not let a late draft undo a final line', () => {
    const final = withCaption([], caption('1', 'Buenos días.'));
    expect(withCaption(final, caption('1', 'Bue', { final: false }))).to.equal(final);
  });

  it('keeps the same id of two languages apart', () => {
    const lines = withCaption([caption('1', 'Hola')], caption('1', 'Hello', { language: 'en' }));
    expect(lines).to.have.length(2);
  });

  it('keeps what was read when a snapshot follows a reconnection', () => {
    const lines = withSnapshot(
      [caption('1', 'Uno'), caption('2', 'Do', { final: false })],
      [caption('2', 'Dos'), caption('3', 'Tres')],
    );
    expect(lines.map(({ text }) => text)).to.deep.equal(['Uno', 'Dos', 'Tres']);
  });

  it('forgets what has long scrolled away', () => {
    let lines: ReturnType<typeof withCaption> = [];
    for (let at = 0; at < 1000; at += 1) lines = withCaption(lines, caption(String(at), 'x'));
    expect(lines.length).to.be.lessThan(400);
    expect(lines.at(-1)?.id).to.equal('999');
  });
});
