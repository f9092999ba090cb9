import { msg, str } from '@lit/localize';
import type { QualityClass, Sparing } from '../../../../appliance/protocol/quality.ts';
import type {
  AdaptationReason,
  ChannelQuality,
  PhoneQuality,
  QualityNow,
} from '../../../../appliance/protocol/quality-view.ts';
import { pageLanguage } from '../../../texts/locale.ts';

export function classWords(quality: QualityClass): string {
  switch (quality) {
    case 'excellent':
      return msg('Excellent');
    case 'good':
      return msg('Good');
    case 'fair':
      return msg('Fair');
    case 'poor':
      return msg('Poor');
    case 'none':
      return msg('No sound');
  }
}

/** What several phones have in common that suffer at the same time. */
export function togetherWords({ phones, who }: NonNullable<QualityNow['together']>): string {
  return who === 'most'
    ? msg(str`${phones} phones lose sound at the same time, most of all: something disturbs the Wi-Fi here.`)
    : msg(
        str`${phones} phones lose sound at the same time: perhaps they are at the far end. Let them come nearer.`,
      );
}

/** What is missing on a phone, and what is done about it. */
export function phoneWords({ heardLoss, by, distance, reason, sparing }: PhoneQuality): string[] {
  const percent = new Intl.NumberFormat(pageLanguage(), {
    style: 'percent',
    maximumFractionDigits: 1,
  }).format(heardLoss);
  return [
    by === 'page' ? msg(str`${percent} missing`) : msg(str`${percent} missing (estimated)`),
    reason === 'unsupported' ? msg('this player cannot be sent it twice') : repetitionWords(distance),
    ...(sparing ? [sparingWords(sparing)] : []),
  ];
}

/** Why a channel is at its level. */
export function levelWords({ level, reason }: ChannelQuality): string {
  return [msg(str`Sound level ${level} of 5`), reasonWords(reason)].join(' · ');
}

function repetitionWords(distance: PhoneQuality['distance']): string {
  switch (distance) {
    case 0:
      return msg('sent once, as nothing was lost');
    case 1:
      return msg('sent twice');
    case 2:
      return msg('sent three times, because sound was missing');
  }
}

function reasonWords(reason: AdaptationReason): string {
  switch (reason) {
    case 'loss':
      return msg('less is sent, because sound was missing');
    case 'clean':
      return msg('more is sent: nothing was missing');
    default:
      return msg('as usual');
  }
}

function sparingWords(sparing: Sparing): string {
  switch (sparing) {
    case 'battery':
      return msg('its battery is low');
    case 'data':
      return msg('it saves data');
    case 'memory':
      return msg('it has little memory');
    case 'network':
      return msg('its network is slow');
  }
}
