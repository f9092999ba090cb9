import { msg, str } from '@lit/localize';
import type { BoardView, UplinkView, WifiView } from '../../../appliance/protocol/box-state.ts';
import { pageLocale } from '../../texts/locale.ts';

/** One thing about the box. `wrong`: what to do about it. */
export interface Fact {
  readonly name: string;
  readonly value: string;
  readonly wrong?: string;
}

const number = (value: number, options: Intl.NumberFormatOptions): string =>
  new Intl.NumberFormat(pageLocale(), options).format(value);

const GB = 1_000_000_000;
/** A day of transcripts and the log fit into it many times; an update does not. */
const LITTLE_BYTES = GB;
const LITTLE_PERCENT = 20;

export function uplinkFact({ via, online }: UplinkView): Fact {
  const name = msg('Internet');
  const way = {
    none: msg('None'),
    cable: msg('By cable'),
    mobile: msg('Mobile'),
    wifi: msg('By Wi-Fi'),
  }[via];
  if (online !== false) return { name, value: way };
  return {
    name,
    value: way,
    wrong:
      via === 'none'
        ? msg('The translation service needs the Internet. Visitors hear your own voice.')
        : msg('Connected, but the translation service is not reached. Visitors hear your own voice.'),
  };
}

export function boardFacts({ battery, temperatureC, power, storage }: BoardView): Fact[] {
  const facts: Fact[] = [];
  if (battery) {
    const percent = number(battery.percent / 100, { style: 'percent' });
    facts.push({
      name: msg('Battery'),
      value: battery.charging ? msg(str`${percent}, charging`) : percent,
      ...(!battery.charging &&
        battery.percent < LITTLE_PERCENT && { wrong: msg('Almost empty. Plug in the box.') }),
    });
  }
  if (temperatureC !== undefined || power === 'hot')
    facts.push({
      name: msg('Temperature'),
      value:
        temperatureC === undefined
          ? msg('Too hot')
          : number(temperatureC, { style: 'unit', unit: 'celsius', maximumFractionDigits: 0 }),
      ...(power === 'hot' && {
        wrong: msg('Too hot, so the box runs slower. Put it into the shade and let air to it.'),
      }),
    });
  if (power !== undefined && power !== 'hot')
    facts.push({
      name: msg('Power supply'),
      value: power === 'weak' ? msg('Too weak') : msg('Good'),
      ...(power === 'weak' && {
        wrong: msg('Use the power supply that was made for it, and a short cable.'),
      }),
    });
  if (storage) {
    const size = (bytes: number): string =>
      number(bytes / GB, { style: 'unit', unit: 'gigabyte', maximumFractionDigits: 1 });
    facts.push({
      name: msg('Free storage'),
      value: msg(str`${size(storage.freeBytes)} of ${size(storage.totalBytes)}`),
      ...(storage.freeBytes < LITTLE_BYTES && { wrong: msg('Almost full. Delete tours that are over.') }),
    });
  }
  return facts;
}

/** A name in another script leaves the quotes around it where they are (Unicode UAX #9: FSI, PDI). */
export const apart = (name: string): string => `\u2068${name}\u2069`;

/** Where the box is now. */
export function wifiWords({ network, phase, ssid = '' }: WifiView): string {
  if (phase === 'switching') return msg('The Wi-Fi is being switched…');
  if (phase === 'down') return msg('The Wi-Fi is off.');
  if (network === 'tour') return msg(str`In the tour’s Wi-Fi “${apart(ssid)}”`);
  return ssid === ''
    ? msg('Its own network, through its access points')
    : msg(str`Its own Wi-Fi “${apart(ssid)}”`);
}

/** Why a switch did not come about, and what to do. */
export function wifiProblemWords(problem: WifiView['problem']): string {
  switch (problem) {
    case 'not_joined':
      return msg(
        'The tour’s Wi-Fi could not be joined. Check its name and password; the box is back on its own.',
      );
    case 'wrong_settings':
      return msg('The Wi-Fi settings of the box are wrong. Whoever set it up must correct them.');
    case 'no_interface':
      return msg('The box does not find its Wi-Fi radio. Plug it in again, or restart the box.');
    case 'failed':
      return msg('The Wi-Fi failed and is started again.');
    default:
      return '';
  }
}

export function checkName(name: string): string {
  const names: Readonly<Record<string, string>> = {
    appliance: msg('The program'),
    microphone: msg('Microphone'),
    radio: msg('Radio'),
    access_point: msg('Own Wi-Fi'),
    dhcp: msg('Addresses for phones'),
    dns: msg('Names for phones'),
    portal: msg('Welcome page'),
    ports: msg('Ports'),
    certificate: msg('Certificate'),
    uplink: msg('Internet'),
    openai: msg('Translation service'),
    clock: msg('Clock'),
    disk: msg('Storage'),
    power_cut: msg('Safety in a power cut'),
    power: msg('Power and heat'),
    update: msg('Updates'),
  };
  return names[name] ?? name;
}
