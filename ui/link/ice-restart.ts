/** What of a fresh offer asks for an ICE restart: its new credentials (RFC 8840; RFC 9725, 4.3.1). */
export function restartFragment(offer: string): string {
  return `${lineOf(offer, 'ice-ufrag')}\r\n${lineOf(offer, 'ice-pwd')}\r\n`;
}

/** The answer of before, with the credentials and the candidates of the fragment that answered the restart. */
export function restartedAnswer(answer: string, fragment: string): string {
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
