import { send, tell } from '../request.ts';

/** What a visitor may ask of the box after the tour. `token`: of their join. */

interface Visit {
  readonly tour: string;
  readonly token: string;
}

const pathOf = (tour: string): string => `/api/visits/${encodeURIComponent(tour)}`;

/** What was said, as a text to keep. */
export async function ownTranscript({ tour, token }: Visit, language: string): Promise<Blob> {
  const response = await send(`${pathOf(tour)}/transcript?language=${encodeURIComponent(language)}`, {
    headers: { authorization: `Bearer ${token}` },
  });
  return response.blob();
}

export const rate = ({ tour, token }: Visit, stars: number): Promise<void> =>
  tell('POST', `${pathOf(tour)}/rating`, { stars }, { authorization: `Bearer ${token}` });
