import { connectionView, type ConnectionView } from '../../../appliance/protocol/recovery.ts';
import { parseAnswer } from '../messages.ts';
import { send, tell } from '../request.ts';

/** What a visitor may ask of the box for themselves. `token`: of their join. */

interface Visit {
  readonly tour: string;
  readonly token: string;
}

const pathOf = (tour: string): string => `/api/visits/${encodeURIComponent(tour)}`;

/** What the box sees of the visitor's own connection. */
export async function connectionSeen({ tour, token }: Visit): Promise<ConnectionView> {
  const response = await send(`${pathOf(tour)}/connection`, {
    headers: { authorization: `Bearer ${token}` },
  });
  return parseAnswer(connectionView, await response.json());
}

/** What was said, as a text to keep. */
export async function ownTranscript({ tour, token }: Visit, language: string): Promise<Blob> {
  const response = await send(`${pathOf(tour)}/transcript?language=${encodeURIComponent(language)}`, {
    headers: { authorization: `Bearer ${token}` },
  });
  return response.blob();
}

export const rate = ({ tour, token }: Visit, stars: number): Promise<void> =>
  tell('POST', `${pathOf(tour)}/rating`, { stars }, { authorization: `Bearer ${token}` });
