import * as z from 'zod';
import { iceServers } from './ice-servers.ts';
import {
  amount,
  frameMs,
  host,
  key,
  modelName,
  names,
  path,
  portRange,
  serverUrl,
  setupCode,
  whole,
} from './kinds.ts';

const port = whole(0, 65_535);

/** Every setting: its key in the settings file, its default. */
export const schema = z.strictObject({
  data: path.default('./data'),
  host: host.default('0.0.0.0'),
  httpPort: port.default(8080),
  httpsPort: port.default(8443),
  /** A certificate for HTTPS and its key, PEM files, in place of what the box makes itself. */
  certificate: path.optional(),
  certificateKey: path.optional(),
  /** The port that visitors type, when the firewall leads it to `httpPort`: 80 on an installed box. */
  publicPort: whole(1, 65_535).optional(),
  /** Further names of the box, separated by spaces or commas: a proxy's, its certificate's. */
  names: names.optional(),
  /** Where firmware-scripts/radio keeps what the box may read; its socket is beside it. */
  radio: path.default('/run/ubizo-radio'),
  /** Where firmware-scripts/errand is asked, and its answers are kept. */
  errands: path.default('/run/ubizo'),
  microphone: z
    .string()
    .regex(/^(alsa:.+|phone|file:.+|none)$/, 'must be alsa:DEVICE, phone, file:PATH or none')
    .default('alsa:default'),
  interpreter: z.enum(['auto', 'openai', 'offline', 'none']).default('auto'),
  openaiApiKey: key.optional(),
  openaiUrl: serverUrl.optional(),
  /** What a server speaks that speaks only one. */
  openaiDialect: z.enum(['translation', 'conversation']).optional(),
  /** What translates what people write. */
  textModel: modelName.default('gpt-6-luna'),
  /** What reads texts aloud: a model of realtime sessions. */
  speakerModel: modelName.default('gpt-realtime-2.1-mini'),
  setupCode: setupCode.optional(),
  /** Seconds a language's session stays open after its last listener has left. */
  linger: amount(0, 3_600).default(60),
  /** How long the frames of a translation are, and of the guide's own voice, ms. */
  translatedFrameMs: frameMs.default(60),
  floorFrameMs: frameMs.default(20),
  /** `on`: while there is nothing but the steady noise of the place, no sound is sent. */
  noiseGate: z.enum(['on', 'off']).default('on'),
  /** Threads that hold connections to phones; 0: one less than there are cores. */
  shards: whole(0, 64).default(0),
  /** Phones that are sent sound; 0: what was measured for this many shards. */
  maxListeners: whole(0, 10_000).default(0),
  /** First and last UDP port for sound, for firewalls and priority rules to name. */
  mediaPorts: portRange.default('40000-40099'),
  /** STUN and TURN servers that phones may use besides, in the order of preference. */
  iceServers: iceServers.default([]),
  /** Where firmware-scripts/relay tells of the box's own TURN server, while it runs. */
  relay: path.default('/run/ubizo-relay'),
  log: z.enum(['trace', 'debug', 'info', 'warn', 'error', 'silent']).default('info'),
});
export type Settings = z.infer<typeof schema>;

/** The environment variable of each. */
export const VARIABLES: Record<keyof Settings, string> = {
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
  textModel: 'UBIZO_TEXT_MODEL',
  speakerModel: 'UBIZO_SPEAKER_MODEL',
  setupCode: 'UBIZO_SETUP_CODE',
  linger: 'UBIZO_LINGER',
  translatedFrameMs: 'UBIZO_TRANSLATED_FRAME_MS',
  floorFrameMs: 'UBIZO_FLOOR_FRAME_MS',
  noiseGate: 'UBIZO_NOISE_GATE',
  shards: 'UBIZO_SHARDS',
  maxListeners: 'UBIZO_MAX_LISTENERS',
  mediaPorts: 'UBIZO_MEDIA_PORTS',
  iceServers: 'UBIZO_ICE_SERVERS',
  relay: 'UBIZO_RELAY',
  log: 'UBIZO_LOG',
};
