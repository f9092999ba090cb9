import { readFileSync } from 'node:fs';
import * as z from 'zod';
import { UbizoError } from '../protocol/errors.ts';
import { askRoot } from './root-socket.ts';

/** What firmware-scripts/radio says of the visitors' network, in `<folder>/state`: `KEY=VALUE` lines. */
const radioState = z.object({
  /** The box's own Wi-Fi, or the tour's that it has joined. */
  network: z.enum(['own', 'tour']),
  phase: z.enum(['up', 'switching', 'down']),
  interface: z.string().regex(/^[\w.-]{1,15}$/),
  ssid: z.string().optional(),
  /** Why the last switch did not come about. */
  problem: z.enum(['not_joined', 'wrong_settings', 'no_interface', 'failed']).optional(),
  /** Whether there is a radio to join another Wi-Fi with. */
  joinable: z.enum(['yes', 'no']).optional(),
});
export type RadioState = z.infer<typeof radioState>;

/** The tour's Wi-Fi. A password of nothing is an open network. */
export interface TourWifi {
  readonly ssid: string;
  readonly passphrase: string;
}

/** The script answers at once; what takes time goes on without the one who asked. */
const PATIENCE_MS = 10_000;
const MAX_ANSWER = 1_024;

/**
 * The box's way to its radio. The appliance has no rights over networks: it reads what the root script says, and asks
 * it through a socket that systemd holds (see firmware-scripts/radio --help).
 */
export class Radio {
  private readonly folder: string;

  constructor({ folder }: { folder: string }) {
    this.folder = folder;
  }

  get leasesPath(): string {
    return `${this.folder}/leases`;
  }

  /** What visitors type to join the box's own Wi-Fi; nothing when it is open, or not to be read. */
  get passphrase(): string | undefined {
    try {
      return readFileSync(`${this.folder}/passphrase`, 'utf8').split('\n')[0] || undefined;
    } catch {
      return undefined;
    }
  }

  /** As it is now; nothing on a machine whose network is somebody else's business. */
  get state(): RadioState | undefined {
    let text: string;
    try {
      text = readFileSync(`${this.folder}/state`, 'utf8');
    } catch {
      return undefined;
    }
    const pairs = text.split('\n').map((line) => {
      const at = line.indexOf('=');
      return [line.slice(0, Math.max(0, at)), line.slice(at + 1)] as const;
    });
    const given = Object.fromEntries(pairs.filter(([key, value]) => key !== '' && value !== ''));
    const parsed = radioState.safeParse(given);
    return parsed.success ? parsed.data : undefined;
  }

  /** To the box's own Wi-Fi. @throws UbizoError `wifi_unavailable`, `wifi_refused`. */
  own(): Promise<void> {
    return this.ask(['own']);
  }

  /** To the tour's Wi-Fi; whether that came about is in the state later. @throws as {@link own}. */
  join({ ssid, passphrase }: TourWifi): Promise<void> {
    return this.ask(['join', ssid, passphrase]);
  }

  /** Whether phones are told of the captive portal API, and under which name. @throws as {@link own}. */
  captive(name: string | undefined): Promise<void> {
    return this.ask([`captive ${name ?? 'off'}`]);
  }

  private async ask(lines: readonly string[]): Promise<void> {
    const answer = await askRoot(`${this.folder}.sock`, `${lines.join('\n')}\n`, {
      patienceMs: PATIENCE_MS,
      most: MAX_ANSWER,
    }).catch((error: unknown) => {
      throw new UbizoError('wifi_unavailable', 'The Wi-Fi of this box cannot be switched from here.', {
        cause: error,
      });
    });
    if (answer === 'ok') return;
    const reason = answer.replace(/^refused: /, '') || 'it did not answer.';
    throw new UbizoError('wifi_refused', `The box cannot switch its Wi-Fi: ${reason}`);
  }
}
