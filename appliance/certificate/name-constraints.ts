import { BlockList, isIP, isIPv4 } from 'node:net';

/** Local networks' own addresses: RFC 1918, RFC 3927, loopback. Address, mask, and that as a length. */
const NETWORKS = [
  ['10.0.0.0', '255.0.0.0', 8],
  ['172.16.0.0', '255.240.0.0', 12],
  ['192.168.0.0', '255.255.0.0', 16],
  ['169.254.0.0', '255.255.0.0', 16],
  ['127.0.0.0', '255.0.0.0', 8],
] as const;

const local = new BlockList();
for (const [network, , prefix] of NETWORKS) local.addSubnet(network, prefix);

/**
 * NameConstraints (RFC 5280, 4.2.1.10), DER: names below `.local`, local addresses, and what a box is called besides
 * when its authority is made: its bare name, an address that a venue has lent it.
 */
export function nameConstraints(names: readonly string[]): Uint8Array<ArrayBuffer> {
  const subtrees = [
    tagged(DNS_NAME, Buffer.from('local', 'latin1')),
    ...NETWORKS.map(([network, mask]) => addressSubtree(network, mask)),
    ...names.filter((name) => isIP(name) !== 6 && !isLocal(name)).map(subtreeOf),
  ].map((base) => tagged(SEQUENCE, base));
  return new Uint8Array(tagged(SEQUENCE, tagged(PERMITTED_SUBTREES, ...subtrees)));
}

/** Whether an authority may speak for a name or an address. @param authority its certificate, DER. */
export function permits(authority: Uint8Array, name: string): boolean {
  if (isIP(name) === 6) return false;
  return isLocal(name) || Buffer.from(authority).includes(subtreeOf(name));
}

function isLocal(name: string): boolean {
  return isIPv4(name) ? local.check(name) : name.endsWith('.local');
}

function subtreeOf(name: string): Buffer {
  return isIPv4(name)
    ? addressSubtree(name, '255.255.255.255')
    : tagged(DNS_NAME, Buffer.from(name, 'latin1'));
}

function addressSubtree(network: string, mask: string): Buffer {
  return tagged(IP_ADDRESS, Buffer.from([...network.split('.'), ...mask.split('.')].map(Number)));
}

const SEQUENCE = 0x30;
const PERMITTED_SUBTREES = 0xa0;
const DNS_NAME = 0x82;
const IP_ADDRESS = 0x87;

/** X.690, 8.1: tag, length, content. */
function tagged(tag: number, ...contents: readonly Uint8Array[]): Buffer {
  const content = Buffer.concat(contents);
  const { length } = content;
  const head =
    length < 0x80
      ? [tag, length]
      : length < 0x100
        ? [tag, 0x81, length]
        : [tag, 0x82, length >> 8, length & 0xff];
  return Buffer.concat([Buffer.from(head), content]);
}
