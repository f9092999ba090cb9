import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { readSettings } from '../../appliance/settings.ts';

const RULES = fileURLToPath(new URL('../../firmware-scripts/media-priority.nft', import.meta.url));

/** Sends from a media port and from another, and counts what arrives with DSCP EF. */
const DRILL = `
set -eu
ip link set lo up
nft -f "$RULES"
nft -f "$RULES"
nft add table inet seen
nft add chain inet seen in '{ type filter hook input priority 0; }'
nft add rule inet seen in udp dport 9 ip dscp ef counter
nft add rule inet seen in udp dport 9 ip6 dscp ef counter
"$NODE" -e '
  const { createSocket } = require("node:dgram");
  for (const [type, to] of [["udp4", "127.0.0.1"], ["udp6", "::1"]])
    for (const port of [40000, 40099, 40100]) {
      const socket = createSocket(type).bind(port, to, () => socket.send("x", 9, to, () => socket.close()));
    }'
nft list chain inet seen in
`;

test.runIf(process.getuid?.() === 0)('sound leaves with voice priority, nothing else does', () => {
  const output = execFileSync('unshare', ['--net', 'sh', '-c', DRILL], {
    encoding: 'utf8',
    env: { ...process.env, RULES, NODE: process.execPath },
  });
  expect([...output.matchAll(/counter packets (\d+)/g)].map(([, count]) => Number(count))).toEqual([2, 2]);
});

test('the rule’s ports are the appliance’s', () => {
  const { mediaPorts } = readSettings({ UBIZO_DATA: mkdtempSync(join(tmpdir(), 'ubizo-settings-')) });
  expect([...readFileSync(RULES, 'utf8').matchAll(/udp sport (\S+)/g)].map(([, ports]) => ports)).toEqual([
    mediaPorts,
    mediaPorts,
  ]);
});
