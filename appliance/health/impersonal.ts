/** What may name a person, a place in a network or a door, and what stands in its place. */
const PERSONAL: readonly (readonly [RegExp, string])[] = [
  [/[\w.+-]+@[\w-]+(?:\.[\w-]+)+/g, '[email]'],
  [/\b(?:[0-9a-f]{2}:){5}[0-9a-f]{2}\b/gi, '[hardware address]'],
  [/\b\d{1,3}(?:\.\d{1,3}){3}\b/g, '[address]'],
  // IPv6 has a double colon or eight groups; a time of day and a name in C++ have neither.
  [/\b(?:[0-9a-f]{1,4}:){7}[0-9a-f]{1,4}\b/gi, '[address]'],
  [
    /(?<![\w:])(?:[0-9a-f]{1,4}(?::[0-9a-f]{1,4})*)?::(?:[0-9a-f]{1,4}(?::[0-9a-f]{1,4})*)?(?![\w:])/gi,
    '[address]',
  ],
  // Names of hosts, where they stand: anywhere else `Socket.emit` would be one.
  [/\b(?:https?|wss?|stuns?|turns?):[^\s"'\\]+/gi, '[host]'],
  [/(\bgetaddrinfo \w+ |"host(?:name)?":"|\bHost: |\bDNS:)[^\s"',]+/g, '$1[host]'],
  [/\bsk-[\w-]+/g, '[key]'],
  [/\/(?:home|Users)\/[^/\s"']+/g, '/home/[user]'],
  // A token, or what is called by chance.
  [/\b(?=[\w-]*\d)(?=[\w-]*[A-Za-z])[\w-]{20,}(?:\.[\w-]{20,})*/g, '[id]'],
];

/** A text without what may tell of a person: for what leaves the box. */
export function impersonal(text: string): string {
  return PERSONAL.reduce((without, [pattern, instead]) => without.replace(pattern, instead), text);
}
