import type { ChatMessage } from '../../../appliance/protocol/chat.ts';
import type { DeskQuestion } from '../../../appliance/protocol/questions.ts';
import type { DeskCall, Talker } from '../../../appliance/protocol/talk.ts';

export function deskQuestion(id: string, change: Partial<DeskQuestion> = {}): DeskQuestion {
  return {
    id,
    attendee: `v-${id}`,
    name: 'Aiko',
    language: 'ja',
    text: `When was house ${id} built?`,
    by: 'model',
    original: `この家${id}はいつ建てられましたか。`,
    voice: false,
    urgent: false,
    state: 'pending',
    later: false,
    votes: 0,
    twins: [],
    merged: 0,
    at: Date.UTC(2026, 10, 20, 9, 30),
    ...change,
  };
}

export function talker(attendee: string, change: Partial<Talker> = {}): Talker {
  return { attendee, name: 'Aiko', language: 'ja', to: 'all', interpreted: true, at: Date.now(), ...change };
}

export function deskCall(id: string, change: Partial<DeskCall> = {}): DeskCall {
  const call = { id, attendee: `v-${id}`, name: 'Aiko', language: 'ja', interpreted: true, at: Date.now() };
  return { ...call, state: 'ringing', ...change };
}

export function chatMessage(id: string, change: Partial<ChatMessage> = {}): ChatMessage {
  const text = 'The bus leaves at 15:40, gate 3';
  return {
    id,
    text,
    by: 'as-written',
    original: text,
    language: 'en',
    pinned: false,
    at: Date.now(),
    ...change,
  };
}
