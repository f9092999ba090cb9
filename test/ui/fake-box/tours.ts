import { USUAL_ASKING } from '../../../appliance/protocol/asking.ts';
import type {
  BoxView,
  CaptionLine,
  ChannelView,
  TourDeskView,
  TourView,
} from '../../../appliance/protocol/views.ts';

export function channel(language: string, change: Partial<ChannelView> = {}): ChannelView {
  return { language, state: 'live', by: 'model', lagMs: 0, rough: false, ...change };
}

export function tour(change: Partial<TourView> = {}): TourView {
  return {
    id: 't1',
    code: 'K7P2QX',
    name: 'Old Town',
    state: 'live',
    muted: false,
    microphoneThere: true,
    floorLanguage: 'en',
    languages: ['es', 'ar', 'ja'],
    asking: USUAL_ASKING,
    channels: [
      channel('en', { by: 'guide' }),
      channel('es'),
      channel('ar', { by: 'box', rough: true }),
      channel('ja'),
    ],
    ...change,
  };
}

export function deskTour(change: Partial<TourDeskView> = {}): TourDeskView {
  const { channels, ...rest } = tour();
  return {
    ...rest,
    joinUrl: 'http://10.77.0.1/j/K7P2QX',
    createdAt: '2026-11-20T09:00:00.000Z',
    microphone: { id: 'alsa:default', state: 'open' },
    channels: channels.map((one, at) => ({ ...one, listeners: at, readers: 0 })),
    spend: { usd: 0, capUsd: null, state: 'within', perLanguage: [] },
    mine: true,
    attendees: [],
    ...change,
  };
}

export function caption(id: string, text: string, change: Partial<CaptionLine> = {}): CaptionLine {
  return { language: 'es', id, text, final: true, at: Number(id) || 0, ...change };
}

export const box: BoxView = {
  version: '0.1.0',
  interpreter: 'offline',
  pairs: [{ from: 'en', to: ['es', 'ca'], rough: true }],
  microphone: 'alsa:default',
  microphones: [
    { id: 'alsa:default', kind: 'alsa', label: 'USB microphone', available: true },
    { id: 'phone', kind: 'phone', label: 'phone', available: true },
    { id: 'file:rehearsal.wav', kind: 'file', label: 'A speech', available: true },
    { id: 'none', kind: 'none', label: 'none', available: true },
  ],
};
