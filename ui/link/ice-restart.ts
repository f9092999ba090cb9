import { send } from './request.ts';
import { headersOf } from './sdp-exchange.ts';
import type { Session, WhepConnection } from './whep-connection.ts';

/** For the box to answer, ms. */
const RESTART_MS = 2_000;

const underWay = new WeakMap<WhepConnection, Promise<void>>();

/**
 * An ICE restart: same session, same keys, another path. One at a time, and each to its end: the box holds the
 * credentials before the last restart, and no older ones. @throws LinkError when the box does not take part.
 */
export function restartIce(connection: WhepConnection): Promise<void> {
  const before = underWay.get(connection);
  if (before) return before;
  const restart = begin(connection).finally(() => underWay.delete(connection));
  underWay.set(connection, restart);
  return restart;
}

async function begin(connection: WhepConnection): Promise<void> {
  const { session, peer } = connection;
  if (!session) return;
  if (peer.signalingState === 'have-local-offer') await peer.setLocalDescription({ type: 'rollback' });
  peer.restartIce();
  const fragment = await patch(session, restartFragment(await connection.offer()));
  if (connection.gone()) return;
  session.answer = restartedAnswer(session.answer, fragment);
  await peer.setRemoteDescription({ type: 'answer', sdp: session.answer });
}

/** @returns the fragment that answers it. */
async function patch({ endpoint, resource }: Session, fragment: string): Promise<string> {
  const response = await send(resource, {
    method: 'PATCH',
    headers: {
      ...headersOf(endpoint),
      'content-type': 'application/trickle-ice-sdpfrag',
      'if-match': '*',
    },
    body: fragment,
    signal: AbortSignal.timeout(RESTART_MS),
  });
  return response.text();
}

/** What of a fresh offer asks for an ICE restart: its new credentials (RFC 8840; RFC 9725, 4.3.1). */
function restartFragment(offer: string): string {
  return `${lineOf(offer, 'ice-ufrag')}\r\n${lineOf(offer, 'ice-pwd')}\r\n`;
}

/** The answer of before, with the credentials and the candidates of the fragment that answered the restart. */
function restartedAnswer(answer: string, fragment: string): string {
  const lines = answer.split(/\r?\n/).filter((line) => !/^a=(?:candidate:|end-of-candidates)/.test(line));
  const candidates = fragment
    .split(/\r?\n/)
    .filter((line) => line.startsWith('a=candidate:'))
    // Some describe the generation and the credentials too; a browser takes them by their first eight parts.
    .map((line) => line.replace(/ generation .*$/, ''));
  return [
    ...lines
      .filter((line) => line !== '')
      .map((line) => {
        if (line.startsWith('a=ice-ufrag:')) return lineOf(fragment, 'ice-ufrag');
        return line.startsWith('a=ice-pwd:') ? lineOf(fragment, 'ice-pwd') : line;
      }),
    ...candidates,
    'a=end-of-candidates',
    '',
  ].join('\r\n');
}

const lineOf = (sdp: string, name: string): string =>
  new RegExp(`^a=${name}:.*$`, 'm').exec(sdp)?.[0].trim() ?? '';
