import { execFileSync } from 'node:child_process';
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CHROMIUM } from '../../browser.ts';
import { cable, ip, Namespaces, within } from '../../network/namespaces.ts';

/** Of whom the phone has its address; the range is for benchmarks (RFC 2544). */
const BOX_ADDRESS = '198.19.77.1';
const PHONE_ADDRESSES = ['198.19.77.21', '198.19.77.22'] as const;
type PhoneAddress = (typeof PHONE_ADDRESSES)[number];

/** Where a cable is pulled: at the phone, which notices, or beyond the access point, where nobody does. */
export type Place = 'phone' | 'beyond';

/** A box, two access points and a phone between which anything may happen to the network. The box is on this machine. */
export class Street {
  readonly boxAddress = BOX_ADDRESS;
  /** A Chromium on the phone. */
  readonly browser: string;
  private readonly namespaces = new Namespaces();
  private readonly air: string;
  private readonly phone: string;
  private readonly port = `ubre${process.pid}`;
  private readonly folder = mkdtempSync(join(tmpdir(), 'ubizo-street-'));
  private address: PhoneAddress = PHONE_ADDRESSES[0];
  private at: 1 | 2 = 1;

  constructor() {
    this.air = this.namespaces.add('air');
    this.phone = this.namespaces.add('phone');
    const { air, phone, port } = this;
    ip('link', 'add', port, 'type', 'veth', 'peer', 'name', 'box', 'netns', air);
    ip('address', 'add', `${BOX_ADDRESS}/24`, 'dev', port);
    ip('link', 'set', port, 'up');
    for (const bridge of ['lan', 'ap1', 'ap2']) {
      ip('-n', air, 'link', 'add', bridge, 'type', 'bridge');
      ip('-n', air, 'link', 'set', bridge, 'up');
    }
    for (const at of ['1', '2']) {
      cable([air, `up${at}`], [air, `down${at}`]);
      ip('-n', air, 'link', 'set', `up${at}`, 'master', 'lan');
      ip('-n', air, 'link', 'set', `down${at}`, 'master', `ap${at}`);
    }
    cable([air, 'phone'], [phone, 'wlan0']);
    ip('-n', air, 'link', 'set', 'box', 'master', 'lan', 'up');
    ip('-n', air, 'link', 'set', 'phone', 'master', 'ap1');
    this.takeAddress(this.address);
    this.browser = join(this.folder, 'chromium');
    writeFileSync(this.browser, `#!/bin/sh\nexec ${within(phone, [CHROMIUM]).join(' ')} "$@"\n`);
    chmodSync(this.browser, 0o755);
  }

  pull(place: Place): void {
    ip('-n', this.air, 'link', 'set', this.end(place), 'down');
  }

  plug(place: Place): void {
    ip('-n', this.air, 'link', 'set', this.end(place), 'up');
  }

  /** The phone has no address, and then another. */
  loseAddress(): void {
    ip('-n', this.phone, 'address', 'flush', 'dev', 'wlan0');
  }

  findAddress(): void {
    this.address = PHONE_ADDRESSES.find((each) => each !== this.address) ?? PHONE_ADDRESSES[0];
    this.takeAddress(this.address);
  }

  /** To the other access point. */
  roam(): void {
    this.at = this.at === 1 ? 2 : 1;
    ip('-n', this.air, 'link', 'set', 'phone', 'master', `ap${this.at}`);
  }

  blockUdp(): void {
    this.rule('meta l4proto udp drop');
  }

  /** Of the packets to and from the phone, UDP and TCP alike, this share is lost. */
  lose(percent: number): void {
    this.rule(`numgen random mod 1000 < ${percent * 10} drop`);
  }

  allowAll(): void {
    this.rule('');
  }

  close(): void {
    this.namespaces.close();
    try {
      ip('link', 'delete', this.port);
    } catch {
      // Gone with its other end.
    }
    rmSync(this.folder, { recursive: true, force: true });
  }

  private end(place: Place): string {
    return place === 'phone' ? 'phone' : `up${this.at}`;
  }

  private takeAddress(address: PhoneAddress): void {
    ip('-n', this.phone, 'address', 'add', `${address}/24`, 'dev', 'wlan0');
    // A browser looks for its own address by the way out.
    ip('-n', this.phone, 'route', 'replace', 'default', 'via', BOX_ADDRESS);
  }

  private rule(rule: string): void {
    const input = `
      table inet street
      delete table inet street
      table inet street {
        chain in {
          type filter hook input priority 0;
          iifname wlan0 ${rule || 'accept'}
        }
        chain out {
          type filter hook output priority 0;
          oifname wlan0 ${rule || 'accept'}
        }
      }`;
    const [program, ...args] = within(this.phone, ['nft', '-f', '-']);
    execFileSync(program, args, { input });
  }
}
