import { aTimeout, expect, fixture, html, nextFrame } from '@open-wc/testing';
import type { CaptionStream } from '../../../ui/captions/caption-stream.ts';
import '../../../ui/captions/caption-stream.ts';
import { expectAccessible } from '../accessible.ts';
import { caption } from '../fake-box/tours.ts';

const many = Array.from({ length: 40 }, (_, at) => caption(String(at), `Line ${at} of what the guide said.`));

async function stream(lines = many): Promise<{ element: CaptionStream; log: HTMLElement }> {
  const element = await fixture<CaptionStream>(
    html`<ubizo-caption-stream style="block-size:300px" .lines=${lines}></ubizo-caption-stream>`,
  );
  await settled();
  return { element, log: element.renderRoot.querySelector<HTMLElement>('.log')! };
}

/** A resize observer reports after the next layout. */
async function settled(): Promise<void> {
  await nextFrame();
  await nextFrame();
  await aTimeout(20);
}

const atEnd = ({ scrollTop, clientHeight, scrollHeight }: HTMLElement): boolean =>
  scrollTop + clientHeight >= scrollHeight - 2;

describe('captions', () => {
  it('are accessible', async () => {
    const { element } = await stream([caption('1', 'Hola.'), caption('2', 'Qué tal', { final: false })]);
    await expectAccessible(element);
  });

  it('show a draft paler until it is final', async () => {
    const { element } = await stream([caption('1', 'Bienve', { final: false })]);
    const line = element.renderRoot.querySelector('p.draft');
    expect(line?.textContent.trim()).to.equal('Bienve');
    const pale = getComputedStyle(line!).color;
    element.lines = [caption('1', 'Bienvenidos.')];
    await element.updateComplete;
    expect(line?.className).to.equal('final');
    expect(line?.textContent.trim()).to.equal('Bienvenidos.');
    expect(getComputedStyle(line!).color).not.to.equal(pale);
  });

  it('are announced to who wants that, once they are final, and to nobody else', async () => {
    const { element } = await stream([caption('1', 'Hola.'), caption('2', 'Qué tal', { final: false })]);
    const announced = (): string =>
      element.renderRoot.querySelector('[aria-live=polite]')!.textContent.replaceAll(/\s+/gu, ' ').trim();
    expect(element.renderRoot.querySelector('.log')?.getAttribute('aria-live')).to.equal('off');
    expect(announced()).to.equal('');
    element.announce = true;
    await element.updateComplete;
    expect(announced()).to.equal('Hola.');
    element.lines = [caption('1', 'Hola.'), caption('2', '¿Qué tal?')];
    await element.updateComplete;
    expect(announced()).to.equal('Hola.¿Qué tal?');
    await expectAccessible(element);
  });

  it('run in the direction of their own language', async () => {
    const { element } = await stream([caption('1', 'أهلاً', { language: 'ar' }), caption('2', 'Hola')]);
    const [arabic, spanish] = element.renderRoot.querySelectorAll('.lines p');
    expect([arabic?.getAttribute('lang'), arabic?.getAttribute('dir')]).to.deep.equal(['ar', 'rtl']);
    expect([spanish?.getAttribute('lang'), spanish?.getAttribute('dir')]).to.deep.equal(['es', 'ltr']);
  });

  it('say calmly what was not heard', async () => {
    const { element } = await stream([caption('1', 'Hola.', { skipped: true }), caption('2', 'Adiós.')]);
    const [skipped, heard] = element.renderRoot.querySelectorAll('.lines p');
    expect(skipped?.textContent.replaceAll(/\s+/gu, ' ').trim()).to.equal('Hola. (only in writing)');
    expect(heard?.textContent.trim()).to.equal('Adiós.');
    await expectAccessible(element);
  });

  it('follow the newest line', async () => {
    const { element, log } = await stream();
    expect(atEnd(log)).to.equal(true);
    element.lines = [...many, caption('99', 'And one more.')];
    await element.updateComplete;
    await settled();
    expect(atEnd(log)).to.equal(true);
  });

  it('stay where the reader scrolled to, and lead back to the newest', async () => {
    const { element, log } = await stream();
    log.scrollTop = 100;
    await settled();
    element.lines = [...many, caption('99', 'And one more.')];
    await element.updateComplete;
    await settled();
    expect(log.scrollTop).to.equal(100);
    const back = element.renderRoot.querySelector('button')!;
    expect(back.textContent).to.contain('Newest');
    await expectAccessible(element);
    back.click();
    await element.updateComplete;
    await settled();
    expect(atEnd(log)).to.equal(true);
    expect(element.renderRoot.querySelectorAll('button')).to.have.length(0);
  });

  it('stay at the end when the text grows', async () => {
    const { element, log } = await stream();
    element.style.setProperty('--caption-size', '3rem');
    await settled();
    expect(atEnd(log)).to.equal(true);
  });
});
