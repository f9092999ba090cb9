import { msg, str } from '@lit/localize';
import type { BoxUse, OutsideView } from '../../../appliance/protocol/box-state.ts';
import { pageLocale } from '../../texts/locale.ts';
import type { Fact } from './box-words.ts';

/** From this share of what there is on it is said. */
const NEARLY_FULL = 0.9;

const number = (value: number): string => new Intl.NumberFormat(pageLocale()).format(value);

/** How many phones listen, of how many. */
export function listenersFact({ listeners, mostListeners }: BoxUse): Fact {
  const [now, most] = [number(listeners), number(mostListeners)];
  return {
    name: msg('Phones that listen'),
    value: msg(str`${now} of ${most}`),
    ...(listeners >= NEARLY_FULL * mostListeners && {
      wrong:
        listeners < mostListeners
          ? msg('Almost full. Whoever comes when it is full can only read along.')
          : msg('Full. Whoever comes now can only read along.'),
    }),
  };
}

/** What does not answer. The box goes on without it. */
export function outsideFacts({ outside }: BoxUse): Fact[] {
  return outside.map(({ kind, state }) => ({
    name: nameOf(kind),
    value: state === 'open' ? msg('Does not answer') : msg('Is being tried again'),
    ...(state === 'open' && { wrong: msg('The box tries again by itself.') }),
  }));
}

function nameOf(kind: OutsideView['kind']): string {
  switch (kind) {
    case 'interpreting':
      return msg('Translation service');
    case 'captions':
      return msg('Captions service');
    case 'texts':
      return msg('Translation of messages');
    case 'reading':
      return msg('Reading aloud');
    case 'ice':
      return msg('Relay servers');
  }
}
