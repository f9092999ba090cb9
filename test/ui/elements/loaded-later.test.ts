import { expect } from '@open-wc/testing';
import { LitElement } from 'lit';
import { LoadedLater } from '../../../ui/elements/loaded-later.ts';

class Host extends LitElement {
  drawn: (string | undefined)[] = [];
  answers: (() => Promise<string>)[] = [];
  readonly later = new LoadedLater(this, () => this.answers.shift()?.() ?? Promise.reject(new Error('none')));

  override updated(): void {
    this.drawn.push(this.later.part);
  }
}
customElements.define('loaded-later-host', Host);

const away = (): Promise<string> => Promise.reject(new TypeError('Failed to fetch'));
const there = (): Promise<string> => Promise.resolve('the part');

describe('what is loaded later', () => {
  it('is fetched once for everyone who asks, and drawn when it is there', async () => {
    const host = new Host();
    document.body.append(host);
    await host.updateComplete;
    host.answers = [there, away];
    await Promise.all([host.later.load(), host.later.load({ again: true })]);
    await host.later.load({ again: true });
    expect(host.later.part).to.equal('the part');
    expect(host.answers).to.have.length(1);
    await host.updateComplete;
    expect(host.drawn).to.deep.equal([undefined, 'the part']);
    host.remove();
  });

  it('is done without when it cannot be had, and fetched again when it is wanted again', async () => {
    const host = new Host();
    host.answers = [away, away, there];
    await host.later.load();
    await host.later.load();
    expect(host.later.part).to.equal(undefined);
    expect(host.answers, 'not by itself').to.have.length(2);
    await host.later.load({ again: true });
    expect(host.later.part).to.equal(undefined);
    await host.later.load({ again: true });
    expect(host.later.part).to.equal('the part');
  });
});
