import { execFileSync, spawnSync } from 'node:child_process';
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CHROMIUM } from './browser.ts';

/** Whether there can be a {@link LossyNetwork}: that needs root, and not every machine gives root a network. */
export const mayLose = spawnSync('unshare', ['--net', 'nft', 'list', 'ruleset']).status === 0;

/**
 * A network of its own within this machine, with a cable to the box; of the UDP packets that come in over it, as many
 * are lost by chance as one asks for.
 */
export class LossyNetwork {
  /** The box's end of the cable; the range is for benchmarks (RFC 2544). */
  readonly boxAddress: string;
  /** A Chromium that is in this network. */
  readonly browser: string;
  private readonly name = `ubizo-loss-${process.pid}`;
  private readonly cable = `ublo${process.pid}`;
  private readonly folder = mkdtempSync(join(tmpdir(), 'ubizo-loss-'));

  constructor() {
    const { name, cable } = this;
    const third = (process.pid >> 6) & 255;
    const fourth = (process.pid & 63) * 4;
    this.boxAddress = `198.18.${third}.${fourth + 1}`;
    const inside = ['netns', 'exec', name, 'ip'];
    ip('netns', 'add', name);
    ip('link', 'add', cable, 'type', 'veth', 'peer', 'name', 'lan', 'netns', name);
    ip('address', 'add', `${this.boxAddress}/30`, 'dev', cable);
    ip('link', 'set', cable, 'up');
    ip(...inside, 'link', 'set', 'lo', 'up');
    ip(...inside, 'address', 'add', `198.18.${third}.${fourth + 2}/30`, 'dev', 'lan');
    ip(...inside, 'link', 'set', 'lan', 'up');
    // A browser looks for its own address by the way out.
    ip(...inside, 'route', 'add', 'default', 'via', this.boxAddress);
    this.browser = join(this.folder, 'chromium');
    writeFileSync(this.browser, `#!/bin/sh\nexec ip netns exec ${name} ${CHROMIUM} "$@"\n`);
    chmodSync(this.browser, 0o755);
  }

  /** From now on this share of the packets is lost, each by its own chance; or of the sound's, two in a row. */
  lose(percent: number, { inPairs = false } = {}): void {
    // nftables compares with what a random number may be.
    const chance = percent >= 100 ? '' : `numgen random mod 1000 < ${percent * 10}`;
    const rules = `
      table inet loss
      delete table inet loss
      table inet loss {
        chain in {
          type filter hook input priority 0;
          iifname lan meta l4proto udp ${inPairs ? pairs(percent) : chance} drop
        }
      }`;
    execFileSync('ip', ['netns', 'exec', this.name, 'nft', '-f', '-'], { input: rules });
  }

  close(): void {
    ip('netns', 'delete', this.name);
    // Goes with its other end; a second one would be somebody else's.
    spawnSync('ip', ['link', 'delete', this.cable], { stdio: 'ignore' });
    rmSync(this.folder, { recursive: true });
  }
}

/** Of each phone's RTP packets (RFC 3550, 5.1), those two whose numbers differ in the last bit alone: both or neither. */
function pairs(percent: number): string {
  // A mark takes no less than 32 bits, and these as they lie in memory: the packet's number is in the upper half.
  const pair = '@th,64,8 128 meta mark set @th,64,32 meta mark set meta mark and 0xfeff0000';
  return `${pair} jhash meta mark . udp dport mod 1000 seed 0x5eed < ${percent * 10}`;
}

function ip(...args: readonly string[]): void {
  execFileSync('ip', args);
}
