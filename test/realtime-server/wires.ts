import { conversationWire } from './conversation-wire.ts';
import { transcriptionWire } from './transcription-wire.ts';
import { translationWire } from './translation-wire.ts';
import type { Wire } from './wire.ts';

/** A model in the address makes it a conversation's, whatever it intends. */
export function wireAt({ pathname, searchParams }: URL): Wire | undefined {
  if (pathname === '/v1/realtime/translations') return translationWire;
  if (pathname !== '/v1/realtime') return undefined;
  const transcribes = searchParams.get('intent') === 'transcription' && !searchParams.has('model');
  return transcribes ? transcriptionWire : conversationWire;
}
