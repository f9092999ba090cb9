import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

/** A capture device as ALSA names it, and as a person would. */
export interface AlsaDevice {
  readonly device: string;
  readonly label: string;
}

const run = promisify(execFile);

/** `card 1: Mic [USB Mic], device 0: USB Audio [USB Audio]` */
const CARD_LINE = /^card \d+: (?<card>\S+) \[(?<cardName>.*)\], device (?<number>\d+): .* \[(?<name>.*)\]$/;

/** Names that ALSA lists whether or not there is anything behind them. */
const PLUGINS = new Set(
  ['null', 'lavrate', 'samplerate', 'speexrate', 'jack', 'oss', 'speex', 'upmix', 'vdownmix', 'usbstream', 'pulse'], // prettier-ignore
);

/**
 * The capture devices of this box: its cards, and what is defined in ALSA's configuration (`default`, a sound
 * server, names of one's own). Empty when there are none or arecord is not installed; never throws.
 */
export async function listAlsaDevices({
  arecord = 'arecord',
  env = {},
}: { arecord?: string; env?: Readonly<Record<string, string>> } = {}): Promise<readonly AlsaDevice[]> {
  // Without a card `arecord -l` says so on stderr and exits 0: there is then nothing on stdout.
  const [cards, names] = await Promise.all([
    list({ arecord, env, option: '-l' }),
    list({ arecord, env, option: '-L' }),
  ]);
  return [...definedDevices(names), ...cardDevices(cards)];
}

/** `plughw` and not `hw`: it converts to 24 kHz mono whatever the card records. */
function cardDevices(listing: string): AlsaDevice[] {
  return listing.split('\n').flatMap((line) => {
    const { card, cardName, number, name } = CARD_LINE.exec(line)?.groups ?? {};
    if (card === undefined || number === undefined) return [];
    const label = name && name !== cardName ? `${cardName}: ${name}` : `${cardName}`;
    return [{ device: `plughw:CARD=${card},DEV=${number}`, label }];
  });
}

/** Each name at the start of a line, its description indented below. Names with a colon are the cards again. */
function definedDevices(listing: string): AlsaDevice[] {
  const lines = listing.split('\n');
  return lines.flatMap((line, at) => {
    const device = line.trim();
    if (!device || line.startsWith(' ') || device.includes(':') || PLUGINS.has(device)) return [];
    const description = lines[at + 1];
    return [{ device, label: description?.startsWith(' ') ? description.trim() : device }];
  });
}

async function list(options: {
  arecord: string;
  env: Readonly<Record<string, string>>;
  option: '-l' | '-L';
}): Promise<string> {
  try {
    const env = { ...process.env, LC_ALL: 'C', ...options.env };
    const { stdout } = await run(options.arecord, [options.option], { env, timeout: 5_000 });
    return stdout;
  } catch {
    return '';
  }
}
