import type { JoinRequest } from '../../../appliance/protocol/requests.ts';
import { recall, recallEntryCode } from '../memory.ts';

/** What the box is told by who wants in. */
export function joinRequest({ code, language, name = '', entryCode = '' }: JoinRequest): JoinRequest {
  return { code, language, ...(name !== '' && { name }), ...(entryCode !== '' && { entryCode }) };
}

/** The same from what this phone remembers of its owner. */
export function rememberedRequest(code: string, language: string): JoinRequest {
  return joinRequest({ code, language, name: recall('name') ?? '', entryCode: recallEntryCode(code) });
}
