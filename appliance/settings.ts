import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as z from 'zod';

const port = z.coerce.number().int().min(0).max(65_535);

const frameMs = z.coerce.number().pipe(z.literal([20, 40, 60], 'must be 20, 40 or 60'));

/** Every setting: its key in the settings file, its environment variable, its default. Environment wins. */
const schema = z.object({
  data: z.string().min(1).default('./data'),
  host: z.string().min(1).default('0.0.0.0'),
  httpPort: port.default(8080),
  httpsPort: port.default(8443),
  /** A certificate for HTTPS and its key, PEM files, in place of what the box makes itself. */
  certificate: z.string().min(1).optional(),
  certificateKey: z.string().min(1).optional(),
  /** The port that visitors type, when the firewall leads it to `httpPort`: 80 on an installed box. */
  publicPort: port.optional(),
  /** Further names of the box, separated by spaces or commas: a proxy's, its certificate's. */
  names: z
    .string()
    .regex(/^[a-z0-9.-]+([ ,]+[a-z0-9.-]+)*$/i, 'must be host names, separated by commas')
    .optional(),
  /** Where firmware-scripts/radio keeps what the box may read; its socket is beside it. */
  radio: z.string().min(1).default('/run/ubizo-radio'),
  /** Where firmware-scripts/errand is asked, and its answers are kept. */
  errands: z.string().min(1).default('/run/ubizo'),
  microphone: z
    .string()
    .regex(/^(alsa:.+|phone|file:.+|none)$/, 'must be alsa:DEVICE, phone, file:PATH.wav or none')
    .default('alsa:default'),
  interpreter: z.enum(['auto', 'openai', 'offline', 'none']).default('auto'),
  openaiApiKey: z.string().min(1).optional(),
  openaiUrl: z
    .string()
    .regex(/^wss?:\/\//, 'must begin with wss:// or ws://')
    .optional(),
  openaiDialect: z.enum(['translation', 'conversation']).default('translation'),
  setupCode: z.string().min(6).optional(),
  /** Seconds a language's session stays open after its last listener has left. */
  linger: z.coerce.number().min(0).max(3_600).default(60),
  /** How long the frames of a translation are, and of the guide's own voice, ms. */
  translatedFrameMs: frameMs.default(60),
  floorFrameMs: frameMs.default(20),
  /** `on`: while there is nothing but the steady noise of the place, no sound is sent. */
  noiseGate: z.enum(['on', 'off']).default('on'),
  /** Threads that hold connections to phones; 0: one less than there are cores. */
  shards: z.coerce.number().int().min(0).max(64).default(0),
  /** Phones that are sent sound; 0: what was measured for this many shards. */
  maxListeners: z.coerce.number().int().min(0).max(10_000).default(0),
  /** First and last UDP port for sound, for firewalls and priority rules to name. */
  mediaPorts: z
    .string()
    .regex(/^\d{1,5}-\d{1,5}$/, 'must be FIRST-LAST, such as 40000-40099')
    .refine((range) => {
      const [first = 0, last = 0] = range.split('-').map(Number);
      return first >= 1024 && last <= 65_535 && first <= last;
    }, 'must be two ports from 1024 to 65535, the first one first')
    .default('40000-40099'),
  log: z.enum(['trace', 'debug', 'info', 'warn', 'error', 'silent']).default('info'),
});
export type Settings = z.infer<typeof schema>;

const VARIABLES: Record<keyof Settings, string> = {
  data: 'UBIZO_DATA',
  host: 'UBIZO_HOST',
  httpPort: 'UBIZO_HTTP_PORT',
  httpsPort: 'UBIZO_HTTPS_PORT',
  certificate: 'UBIZO_CERTIFICATE',
  certificateKey: 'UBIZO_CERTIFICATE_KEY',
  publicPort: 'UBIZO_PUBLIC_PORT',
  names: 'UBIZO_NAMES',
  radio: 'UBIZO_RADIO',
  errands: 'UBIZO_ERRANDS',
  microphone: 'UBIZO_MICROPHONE',
  interpreter: 'UBIZO_INTERPRETER',
  openaiApiKey: 'OPENAI_API_KEY',
  openaiUrl: 'UBIZO_OPENAI_URL',
  openaiDialect: 'UBIZO_OPENAI_DIALECT',
  setupCode: 'UBIZO_SETUP_CODE',
  linger: 'UBIZO_LINGER',
  translatedFrameMs: 'UBIZO_TRANSLATED_FRAME_MS',
  floorFrameMs: 'UBIZO_FLOOR_FRAME_MS',
  noiseGate: 'UBIZO_NOISE_GATE',
  shards: 'UBIZO_SHARDS',
  maxListeners: 'UBIZO_MAX_LISTENERS',
  mediaPorts: 'UBIZO_MEDIA_PORTS',
  log: 'UBIZO_LOG',
};

/** What is wrong with the settings, a line for each, naming the variable or the key; never a value. */
export class SettingsError extends Error {
  readonly problems: readonly string[];

  constructor(problems: readonly string[]) {
    super(`The settings cannot be used:\n${problems.map((problem) => `  - ${problem}`).join('\n')}`);
    this.name = 'SettingsError';
    this.problems = problems;
  }
}

/** Reads the settings file, if there is one, and the environment. @throws SettingsError. */
export function readSettings(environment: Readonly<Record<string, string | undefined>>): Settings {
  const fromEnvironment = Object.fromEntries(
    Object.entries(VARIABLES)
      .map(([key, variable]) => [key, environment[variable]] as const)
      .filter(([, value]) => value !== undefined && value !== ''),
  );
  const data = fromEnvironment.data ?? './data';
  const path = environment.UBIZO_SETTINGS ?? join(data, 'settings.json');
  const fromFile = readFile(path, environment.UBIZO_SETTINGS !== undefined);
  const parsed = z.strictObject(schema.shape).safeParse({ ...fromFile, ...fromEnvironment });
  if (parsed.success) return parsed.data;
  throw new SettingsError(
    parsed.error.issues.map((issue) => {
      if (issue.code === 'unrecognized_keys')
        return `${path}: unknown key ${issue.keys.map((key) => `"${key}"`).join(', ')}`;
      const key = String(issue.path[0] ?? '');
      const variable = VARIABLES[key as keyof Settings];
      return `${key in fromEnvironment ? variable : `${path}: "${key}"`}: ${issue.message}`;
    }),
  );
}

function readFile(path: string, mustExist: boolean): object {
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch (error) {
    if (!mustExist && error instanceof Error && 'code' in error && error.code === 'ENOENT') return {};
    throw new SettingsError([`${path}: cannot be read`]);
  }
  try {
    const data: unknown = JSON.parse(text);
    if (typeof data === 'object' && data !== null && !Array.isArray(data)) return data;
  } catch {
    // Said below, the same for both.
  }
  throw new SettingsError([`${path}: is not a JSON object`]);
}
