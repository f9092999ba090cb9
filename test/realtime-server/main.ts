import { parseArgs } from 'node:util';
import { RealtimeServer } from './realtime-server.ts';

const HELP = `Stands in for OpenAI's realtime API: speaks a numbered sentence for whatever speech it hears.

  npm run realtime-server -- [options]

  --port N             where it listens (8765)
  --host ADDRESS       on which address (127.0.0.1)
  --tls                wss: with a certificate made now (printed)
  --key KEY            the one key it accepts (none: everyone is welcome)
  --lag MS             from the end of speech to its answer (300)
  --expire SECONDS     how long a session lives (3600)
  --drop-after SECONDS breaks every connection again and again, so often
  --refuse-key         refuses every key, as OpenAI does
  --no-quota           refuses for want of credit
  --unavailable        HTTP 503
  --stall              accepts connections, then reads and says nothing
  --help               this text
`;

const { values } = parseArgs({
  options: {
    port: { type: 'string', default: '8765' },
    host: { type: 'string', default: '127.0.0.1' },
    tls: { type: 'boolean', default: false },
    key: { type: 'string' },
    lag: { type: 'string', default: '300' },
    expire: { type: 'string', default: '3600' },
    'drop-after': { type: 'string' },
    'refuse-key': { type: 'boolean', default: false },
    'no-quota': { type: 'boolean', default: false },
    unavailable: { type: 'boolean', default: false },
    stall: { type: 'boolean', default: false },
    help: { type: 'boolean', default: false },
  },
});

if (values.help) {
  process.stdout.write(HELP);
} else {
  await serve();
}

async function serve(): Promise<void> {
  const server = new RealtimeServer({
    host: values.host,
    port: Number(values.port),
    tls: values.tls,
    apiKey: values.key ?? null,
    lagMs: Number(values.lag),
    lifeSeconds: Number(values.expire),
  });
  server.refuseKey(values['refuse-key'] ? 'upgrade' : undefined);
  server.noQuota(values['no-quota'] ? 'upgrade' : undefined);
  server.unavailable(values.unavailable);
  server.stall(values.stall);
  await server.start();
  if (values.tls) console.log(server.certificate);
  console.log(server.url);
  if (values['drop-after']) setInterval(() => server.dropNow(), Number(values['drop-after']) * 1_000);
  const stop = () => {
    void server.stop().then(() => process.exit(0));
  };
  process.once('SIGINT', stop);
  process.once('SIGTERM', stop);
}
