import { strToU8, zipSync } from 'fflate';
import type { DiagnosticsView, TourDiagnosticsView } from '../../protocol/diagnostics.ts';
import type { LastHourView } from '../../protocol/last-hour.ts';
import type { Tour } from '../../tour/tour.ts';
import { offerDownload } from '../download.ts';
import { parameter, type Route } from '../route.ts';

export interface DiagnosticsRouteParts {
  readonly tours: { get(id: string): Tour };
  readonly diagnose: () => Promise<DiagnosticsView>;
  readonly diagnoseTour: (tour: Tour) => Promise<TourDiagnosticsView>;
  readonly lastHour: { view(): LastHourView };
  readonly metrics: () => Promise<string>;
}

const ABOUT = `What an Ubizo box tells of how it works, for who is asked for help.
It holds no name, no address, no code, no key and nothing that was said.

diagnostics.json  connections, sessions, pool, recoveries, settings without secrets
last-hour.json    how the box was, a look every ten seconds
metrics.txt       the figures of /metrics
log.ndjson        the last lines of its log, a JSON object each
`;

/** How the box works, in one answer or in one file. */
export function diagnosticsRoutes({
  tours,
  diagnose,
  diagnoseTour,
  lastHour,
  metrics,
}: DiagnosticsRouteParts): Route[] {
  return [
    {
      method: 'GET',
      path: '/api/diagnostics',
      who: 'owner',
      handle: async (context) => {
        context.body = await diagnose();
      },
    },
    {
      method: 'GET',
      path: '/api/diagnostics.zip',
      who: 'owner',
      handle: async (context) => {
        const { log, ...view } = await diagnose();
        const file = zipSync({
          'README.txt': strToU8(ABOUT),
          'diagnostics.json': json(view),
          'last-hour.json': json(lastHour.view()),
          'metrics.txt': strToU8(await metrics()),
          'log.ndjson': strToU8(log.map((line) => `${line}\n`).join('')),
        });
        offerDownload(context, {
          name: `ubizo-diagnostics-${new Date(view.at).toISOString().slice(0, 10)}`,
          extension: 'zip',
          type: 'application/zip',
        });
        context.body = Buffer.from(file);
      },
    },
    {
      method: 'GET',
      path: '/api/tours/:id/diagnostics',
      who: 'guide',
      handle: async (context) => {
        context.body = await diagnoseTour(tours.get(parameter(context, 'id')));
      },
    },
  ];
}

function json(value: unknown): Uint8Array {
  return strToU8(`${JSON.stringify(value, null, 2)}\n`);
}
