import { readFile } from 'node:fs/promises';
import { isIPv4 } from 'node:net';
import { join } from 'node:path';
import * as z from 'zod';
import type { NamedServer } from './ice-server-watch.ts';

const offer = z.object({
  address: z.string().refine(isIPv4),
  port: z.string().regex(/^\d{1,5}$/),
  secret: z.string().regex(/^[\x21-\x7e]{16,128}$/),
});

/**
 * The box's own TURN server, as firmware-scripts/relay tells of it: `KEY=VALUE` lines in `<folder>/offer`. TCP first:
 * a phone whose UDP gets as far as the box needs no relay.
 * @returns nothing while it does not run.
 */
export async function ownRelay(folder: string): Promise<readonly NamedServer[]> {
  let text: string;
  try {
    text = await readFile(join(folder, 'offer'), 'utf8');
  } catch {
    return [];
  }
  const lines = [...text.matchAll(/^([a-z]+)=(.*)$/gm)].map(
    ([, key = '', value = '']) => [key, value] as const,
  );
  const parsed = offer.safeParse(Object.fromEntries(lines));
  if (!parsed.success) return [];
  const { address, port, secret } = parsed.data;
  return ['tcp', 'udp'].map((transport) => ({
    name: `relay ${transport}`,
    setting: { url: `turn:${address}:${port}?transport=${transport}`, secret },
  }));
}
