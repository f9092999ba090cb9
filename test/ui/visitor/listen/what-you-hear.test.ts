import { expect } from '@open-wc/testing';
import type { ChannelView } from '../../../../appliance/protocol/views.ts';
import {
  beforeTheFirstWords,
  takenAwayWords,
  whatYouHear,
} from '../../../../ui/visitor/listen/what-you-hear.ts';
import { channel, tour } from '../../fake-box/tours.ts';

/** A tour in English; Spanish is not translated, Japanese is. */
const heard = (language: string, writtenBy: ChannelView['writtenBy'], state: 'ready' | 'live' = 'live') => ({
  language,
  tour: tour({
    state,
    channels: [
      channel('en', { by: 'guide', ...(writtenBy && { writtenBy }) }),
      channel('es', { by: 'guide', state: state === 'live' ? 'floor' : 'silent' }),
      channel('ja'),
    ],
  }),
});

/** What is said when Spanish was taken away. */
const takenAway = (reading: boolean, writtenBy: ChannelView['writtenBy']): string =>
  takenAwayWords('es', { ...heard('en', writtenBy), reading });

describe('before the first words', () => {
  it('words are promised where somebody writes them', () => {
    for (const language of ['en', 'es', 'ja'])
      expect(beforeTheFirstWords(heard(language, 'model'), true), language).to.contain('words appear here');
    expect(beforeTheFirstWords(heard('ja', 'nobody'), true)).to.contain('words appear here');
  });

  it('none are promised where nobody does', () => {
    for (const language of ['en', 'es']) {
      expect(beforeTheFirstWords(heard(language, 'nobody'), true)).to.contain('can only be heard');
      const reader = { ...heard(language, 'nobody', 'ready'), reading: true };
      expect(whatYouHear(reader), 'before the start').to.contain('can only be heard');
    }
  });
});

describe('a language that is taken off the tour', () => {
  it('is followed by what is heard then, or read by who reads', () => {
    expect(takenAway(false, 'model')).to.equal(
      'Your guide has taken Spanish off this tour. You hear the guide’s own voice.',
    );
    expect(takenAway(true, 'model')).to.contain('You read the guide’s own words.');
    expect(takenAway(true, 'nobody')).to.contain('can only be heard');
  });
});
