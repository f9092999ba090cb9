import { constants } from 'node:fs';
import { access, glob } from 'node:fs/promises';
import { delimiter, join } from 'node:path';

/** A Debian package that the box runs programs of, or reads files of. */
export interface Program {
  /** The package's name in Debian. */
  readonly name: string;
  /** What it is for, after “for”. */
  readonly purpose: string;
  /** What does not work without it, a sentence. */
  readonly without: string;
  /** How to see that it is there, whoever installed it. */
  readonly proof: Proof;
}

type Proof =
  /** A program on the path. */
  | { readonly kind: 'program'; readonly program: string }
  /** A file; `*` in it stands for any name of a folder. */
  | { readonly kind: 'file'; readonly pattern: string };

const OFFLINE = 'Languages need the internet: the box cannot interpret by itself.';

/** What a box needs for its own microphone and to interpret offline. It runs without any of them, but does less. */
export const BOX_PROGRAMS: readonly Program[] = [
  {
    name: 'alsa-utils',
    purpose: 'the microphone on the box',
    without: 'A microphone on the box is not heard; a phone as the microphone is.',
    proof: { kind: 'program', program: 'arecord' },
  },
  {
    name: 'pocketsphinx',
    purpose: 'recognising English speech offline',
    without: OFFLINE,
    proof: { kind: 'program', program: 'pocketsphinx_batch' },
  },
  {
    name: 'pocketsphinx-en-us',
    purpose: 'recognising English speech offline',
    without: OFFLINE,
    proof: { kind: 'file', pattern: '/usr/share/pocketsphinx/model/en-us/en-us.lm.bin' },
  },
  {
    name: 'apertium',
    purpose: 'translating offline',
    without: OFFLINE,
    proof: { kind: 'program', program: 'apertium' },
  },
  {
    name: 'apertium-eng-spa',
    purpose: 'translating English into Spanish offline',
    without: 'Spanish needs the internet.',
    proof: { kind: 'file', pattern: '/usr/share/apertium/modes/eng-spa.mode' },
  },
  {
    name: 'apertium-eng-cat',
    purpose: 'translating English into Catalan offline',
    without: 'Catalan needs the internet.',
    proof: { kind: 'file', pattern: '/usr/share/apertium/modes/eng-cat.mode' },
  },
  {
    name: 'espeak-ng',
    purpose: 'speaking translations offline',
    without: OFFLINE,
    proof: { kind: 'program', program: 'espeak-ng' },
  },
];

/** What the tests need beyond {@link BOX_PROGRAMS}. */
export const TEST_PROGRAMS: readonly Program[] = [
  testProgram('chromium', 'a real browser', { kind: 'program', program: 'chromium' }),
  testProgram('pulseaudio', 'a microphone without hardware', { kind: 'program', program: 'pulseaudio' }),
  testProgram('pulseaudio-utils', 'speaking into it', { kind: 'program', program: 'paplay' }),
  testProgram('libasound2-plugins', 'recording from it', {
    kind: 'file',
    pattern: '/usr/lib/*/alsa-lib/libasound_module_pcm_pulse.so',
  }),
  testProgram('pocketsphinx-testdata', 'human speech', {
    kind: 'file',
    pattern: '/usr/share/pocketsphinx/test/data/librivox/transcription',
  }),
  testProgram('sox', 'measuring and converting sound', { kind: 'program', program: 'sox' }),
  testProgram('ffmpeg', 'recordings in every format', { kind: 'program', program: 'ffmpeg' }),
  testProgram('mpg123', 'whether players take MP3 streams', { kind: 'program', program: 'mpg123' }),
  testProgram('opus-tools', 'whether players take Ogg streams', { kind: 'program', program: 'opusinfo' }),
  testProgram('systemd', 'units and the watchdog', { kind: 'program', program: 'systemd-notify' }),
  testProgram('bats', 'testing shell scripts', { kind: 'program', program: 'bats' }),
  testProgram('shellcheck', 'checking shell scripts', { kind: 'program', program: 'shellcheck' }),
  testProgram('shfmt', 'the format of shell scripts', { kind: 'program', program: 'shfmt' }),
  testProgram('sudo', 'checking its lines', { kind: 'program', program: 'visudo' }),
  testProgram('hostapd', 'checking the settings of the radio', { kind: 'program', program: 'hostapd' }),
  testProgram('openssl', 'checking certificates and signatures', { kind: 'program', program: 'openssl' }),
  testProgram('xz-utils', 'packing a release', { kind: 'program', program: 'xz' }),
  testProgram('curl', 'whether Debian’s packages can be reached', { kind: 'program', program: 'curl' }),
  // The program itself is on every Debian; its modules are not.
  testProgram('perl', 'playing systemd, reading JSON', {
    kind: 'file',
    pattern: '/usr/share/perl/*/JSON/PP.pm',
  }),
  testProgram('mmdebstrap', 'a fresh Debian to install in', { kind: 'program', program: 'mmdebstrap' }),
  testProgram('iproute2', 'networks within this machine', { kind: 'program', program: 'ip' }),
  testProgram('strace', 'seeing what reaches the disk, and when', { kind: 'program', program: 'strace' }),
  testProgram('nftables', 'losing packets on purpose', { kind: 'program', program: 'nft' }),
  testProgram('dnsmasq-base', 'addresses and names for phones', { kind: 'program', program: 'dnsmasq' }),
  testProgram('codec2-examples', 'two minutes of somebody who talks', {
    kind: 'file',
    pattern: '/usr/share/codec2/wav/ve9qrp.wav',
  }),
  testProgram('fonts-noto-core', 'letters of every script', {
    kind: 'file',
    pattern: '/usr/share/fonts/truetype/noto/NotoSansDevanagari-Regular.ttf',
  }),
  testProgram('fonts-noto-cjk', 'Chinese, Japanese and Korean letters', {
    kind: 'file',
    pattern: '/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc',
  }),
  testProgram('coturn', 'STUN and TURN servers', { kind: 'program', program: 'turnserver' }),
  testProgram('prometheus', 'checking alerts', { kind: 'program', program: 'promtool' }),
  testProgram('busybox', 'phones that ask for an address', { kind: 'program', program: 'busybox' }),
];

export interface ProgramCheck {
  readonly present: readonly Program[];
  readonly missing: readonly Program[];
}

/** Where to look; the defaults are this machine's. */
export interface Whereabouts {
  /** Folders of programs, as in the environment's PATH. */
  readonly path?: string;
  /** Put before the files' paths. */
  readonly root?: string;
}

/** Programs of the administrator, which a user's PATH may leave out. */
const ADMINISTRATOR_FOLDERS = ['/usr/local/sbin', '/usr/sbin', '/sbin'];

/** Looks for each program itself, so that it works without dpkg too. Never throws. */
export async function checkPrograms(
  programs: readonly Program[],
  {
    path = `${process.env['PATH'] ?? ''}${delimiter}${ADMINISTRATOR_FOLDERS.join(delimiter)}`,
    root = '/',
  }: Whereabouts = {},
): Promise<ProgramCheck> {
  const folders = path.split(delimiter).filter(Boolean);
  const found = await Promise.all(
    programs.map(({ proof }) =>
      proof.kind === 'program' ? isOnPath(proof.program, folders) : isThere(join(root, proof.pattern)),
    ),
  );
  return {
    present: programs.filter((_, index) => found[index]),
    missing: programs.filter((_, index) => !found[index]),
  };
}

/** For a terminal: what is missing and what that means, a line each; none when nothing is missing. */
export function describeMissing(missing: readonly Program[]): readonly string[] {
  if (missing.length === 0) return [];
  return [
    `Not installed: ${missing.map(({ name, purpose }) => `${name} (${purpose})`).join(', ')}.`,
    ...new Set(missing.map(({ without }) => without)),
  ];
}

async function isOnPath(program: string, folders: readonly string[]): Promise<boolean> {
  const found = await Promise.all(folders.map((folder) => can(join(folder, program), constants.X_OK)));
  return found.includes(true);
}

async function isThere(pattern: string): Promise<boolean> {
  if (!pattern.includes('*')) return can(pattern, constants.R_OK);
  try {
    for await (const path of glob(pattern)) if (await can(path, constants.R_OK)) return true;
  } catch {
    // A folder that may not be read holds nothing for us.
  }
  return false;
}

async function can(path: string, mode: number): Promise<boolean> {
  try {
    await access(path, mode);
    return true;
  } catch {
    return false;
  }
}

function testProgram(name: string, purpose: string, proof: Proof): Program {
  return { name, purpose, proof, without: `Tests with ${name} cannot run.` };
}
