/**
 * What it costs to send sound to many phones: `npm run bench:fanout -- --listeners N --languages L`,
 * `-- --short` to see that it works. The same load on
 * the box's own path, on stock werift, and on Janus where Debian's package is installed, one after another. Prints a
 * table, then one line of JSON. docs/benchmarks.md says what exactly is measured. Nothing is asserted: a slow machine
 * is slow.
 */
import { cpus, loadavg } from 'node:os';
import { type Contender, NodeContender } from './fanout/contender.ts';
import { JanusServer, type JanusThreads } from './fanout/janus-server.ts';
import { type FanOutOptions, readOptions, type ServerName } from './fanout/options.ts';
import { payloadBytes } from './fanout/payload.ts';
import { type Column, printGrowth, printRatios, printTable } from './fanout/report.ts';
import { run, type RunFigures, SERVER_CORE } from './fanout/run.ts';

const UBIZO = new URL('fanout/ubizo-process.ts', import.meta.url);
const WERIFT = new URL('fanout/werift-server.ts', import.meta.url);
const GROWTH = [50, 100, 200, 500, 1_000];
/** Whichever of these costs less is Janus' figure. */
const JANUS_THREADS: readonly JanusThreads[] = ['per listener', 2];

const options = readOptions(process.argv.slice(2));
const { listeners, languages, seconds, frameMs, profile, red } = options;
const bytes = payloadBytes(frameMs);
console.log(
  `Node ${process.version}, ${cpus().length} × ${cpus()[0]?.model}, load ${loadavg()[0]?.toFixed(2)}; server on core 0, listeners on core 1`,
);
console.log(
  `${seconds} s of frames of ${frameMs} ms, ${bytes} bytes, languages: ${languages}, SRTP: ${profile}${red ? ', with redundancy (ubizo only)' : ''}\n`,
);

const columns: Column[] = [];
if (options.growth) await grow();
else await compare();

async function grow(): Promise<void> {
  const rows: [number, RunFigures][] = [];
  for (const count of GROWTH) {
    const figures = await measure('ubizo', { ...options, listeners: count });
    rows.push([count, figures]);
    columns[0] = { name: 'ubizo', figures };
    console.error(`${count} listeners: done`);
  }
  printGrowth(rows);
  printJson(GROWTH.at(-1) ?? listeners);
}

async function compare(): Promise<void> {
  for (const name of options.only) {
    if (name !== 'janus') columns.push({ name, figures: await measure(name, options) });
    else if (JanusServer.installed) {
      for (const threads of JANUS_THREADS) {
        const title = threads === 'per listener' ? 'janus, thread each' : `janus, ${threads} loops`;
        columns.push({ name: title, figures: await measure(name, { ...options, red: false }, threads) });
      }
    } else console.log('janus is not installed (apt-get install janus)');
    console.error(`${name}: done`);
  }
  console.log(`${listeners} listeners`);
  printTable(columns);
  printRatios(columns);
  printJson(listeners);
}

async function measure(
  name: ServerName,
  what: FanOutOptions,
  threads: JanusThreads = 'per listener',
): Promise<RunFigures> {
  const server = await start(name, threads);
  try {
    return await run(server, { ...what, red: what.red && name === 'ubizo' });
  } finally {
    await server.stop();
  }
}

function start(name: ServerName, threads: JanusThreads): Promise<Contender> {
  const core = SERVER_CORE;
  if (name === 'janus') return JanusServer.start({ languages, bytes, core, threads });
  const script = name === 'ubizo' ? UBIZO : WERIFT;
  return NodeContender.start({ script, core, frameMs, bytes });
}

function printJson(count: number): void {
  const ours = columns.find(({ name }) => name === 'ubizo')?.figures;
  const cost = (name: string): number | null => {
    const found = columns.filter((each) => each.name.startsWith(name));
    return found.length === 0 ? null : tenth(Math.min(...found.map(({ figures }) => figures.cpuUsPerPacket)));
  };
  console.log(
    JSON.stringify({
      listeners: count,
      languages,
      cpuUsPerPacket: { ubizo: cost('ubizo'), werift: cost('werift'), janus: cost('janus') },
      lost: ours?.lost ?? null,
      lateMsP99: ours ? tenth(ours.load.lateMs.p99) : null,
      kbPerListener: ours ? Math.round(ours.kbPerListener) : null,
      handshakeCpuMs: ours ? tenth(ours.handshakeCpuMs) : null,
    }),
  );
}

function tenth(value: number): number {
  return Math.round(value * 10) / 10;
}
