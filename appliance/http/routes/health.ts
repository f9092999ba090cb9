import type { Health } from '../../health/health.ts';
import type { Metrics } from '../../health/metrics.ts';
import { isLocalNetwork } from '../../network/addresses.ts';
import { UbizoError } from '../../protocol/errors.ts';
import type { Route } from '../route.ts';

export function healthRoutes({ health, metrics }: { health: Health; metrics: Metrics }): Route[] {
  return [
    {
      method: 'GET',
      path: '/healthz',
      who: 'anyone',
      handle: (context) => {
        const checked = health.check();
        context.status = checked.ok ? 200 : 503;
        context.body = checked;
      },
    },
    {
      method: 'GET',
      path: '/metrics',
      who: 'anyone',
      handle: async (context) => {
        if (!isLocalNetwork(context.req.socket.remoteAddress)) {
          throw new UbizoError('forbidden', 'The metrics are for the local network only.');
        }
        context.set('Content-Type', metrics.contentType);
        context.body = await metrics.text();
      },
    },
  ];
}
