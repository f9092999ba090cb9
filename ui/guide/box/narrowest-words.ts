import { msg, str } from '@lit/localize';
import type { NarrowestView, Resource } from '../../../appliance/protocol/last-hour.ts';
import { pageLocale } from '../../texts/locale.ts';
import type { Fact } from './box-words.ts';

/** From this share on it is said what to do. */
const NARROW = 0.8;

/** What the box is nearest to running out of, how near, and once that is near what to do. */
export function narrowestFact({ of, used }: NarrowestView): Fact {
  const share = new Intl.NumberFormat(pageLocale(), { style: 'percent' }).format(Math.min(used, 1));
  const what = nameOf(of);
  return {
    name: msg('What runs out first'),
    value: msg(str`${what}, ${share} in use`),
    ...(used >= NARROW && { wrong: adviceOn(of) }),
  };
}

function nameOf(of: Resource): string {
  switch (of) {
    case 'processor':
      return msg('Processor');
    case 'listeners':
      return msg('Room for phones');
    case 'air':
      return msg('Room on the air');
    case 'access-point':
      return msg('The box’s own radio');
    case 'uplink':
      return msg('Internet');
    case 'heat':
      return msg('Temperature');
    case 'storage':
      return msg('Storage');
    case 'money':
      return msg('Budget of a tour');
  }
}

function adviceOn(of: Resource): string {
  switch (of) {
    case 'processor':
      return msg('Have fewer phones listen. Whoever set up the box can let it send longer packets.');
    case 'listeners':
      return msg('Whoever comes when it is full can only read along.');
    case 'air':
      return msg('Have fewer phones listen, or put access points on the box’s cable.');
    case 'access-point':
      return msg('It carries about ten phones. For more, put an access point on the box’s cable.');
    case 'uplink':
      return msg('Offer fewer languages at once, or give the box a faster Internet connection.');
    case 'heat':
      return msg('Put the box into the shade and let air to it.');
    case 'storage':
      return msg('Delete tours that are over.');
    case 'money':
      return msg('Raise the budget on the tour’s desk, or offer fewer languages.');
  }
}
