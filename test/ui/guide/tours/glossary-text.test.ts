import { expect } from '@open-wc/testing';
import { glossaryOf } from '../../../../ui/guide/tours/glossary-text.ts';

it('reads a glossary with the line ends of any system, and a byte order mark before it', () => {
  const glossary = [{ term: 'Casa Milà', translations: { ja: 'カサ・ミラ' } }, { term: 'Eixample' }];
  for (const end of ['\n', '\r\n', '\r', '\u2028'])
    expect(glossaryOf(`\ufeffCasa Milà = ja: カサ・ミラ${end}Eixample${end}`)).to.deep.equal(glossary);
});
