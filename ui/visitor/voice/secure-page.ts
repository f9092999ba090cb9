import { entranceHere } from '../../link/api/entrance.ts';

/** The same page over HTTPS, where browsers give it a microphone; undefined where the box speaks none. */
export async function securePage(): Promise<string | undefined> {
  try {
    const { secureUrl } = await entranceHere();
    return secureUrl === undefined ? undefined : new URL(location.pathname, secureUrl).href;
  } catch {
    // Out of reach for a moment: whoever opens the sheet again asks again.
    return undefined;
  }
}
