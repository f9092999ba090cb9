import { UbizoError } from '../../protocol/errors.ts';
import type { Route } from '../route.ts';

/** The box's own authority (DER), for whoever wants their phone to trust the box. */
export function authorityRoutes({ authority }: { authority: () => Buffer | undefined }): Route[] {
  return [
    {
      method: 'GET',
      path: '/ubizo.crt',
      who: 'anyone',
      handle: (context) => {
        const certificate = authority();
        if (!certificate) throw new UbizoError('not_found', 'This box has no authority of its own to trust.');
        context.set('Content-Type', 'application/x-x509-ca-cert');
        context.set('Cache-Control', 'no-store');
        context.body = certificate;
      },
    },
  ];
}
