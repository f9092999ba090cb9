import { chatMessage, type ChatMessage } from '../../../appliance/protocol/chat.ts';
import { ask, tell } from '../request.ts';

/** What the guide writes to all. */

const pathOf = (tour: string): string => `/api/tours/${encodeURIComponent(tour)}/chat`;
const messagePath = (tour: string, message: string): string =>
  `${pathOf(tour)}/${encodeURIComponent(message)}`;

export const writeToAll = (tour: string, text: string, pinned: boolean): Promise<ChatMessage> =>
  ask(chatMessage, 'POST', pathOf(tour), { text, pinned });

/** Puts it up on every page, or takes it down. */
export const pinMessage = (tour: string, message: string, pinned: boolean): Promise<void> =>
  tell('PATCH', messagePath(tour, message), { pinned });

export const deleteMessage = (tour: string, message: string): Promise<void> =>
  tell('DELETE', messagePath(tour, message));
