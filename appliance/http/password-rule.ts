import type { IncomingMessage } from 'node:http';
import { UbizoError } from '../protocol/errors.ts';
import { inUrl } from '../network/addresses.ts';
import { splitHost } from '../network/own-names.ts';
import { isOnTheBox, isSecure } from './origin.ts';

export interface PasswordRuleOptions {
  /** The owner lets passwords be sent in clear. */
  readonly overHttp: () => boolean;
  /** Where the box speaks HTTPS, if it does. */
  readonly httpsPort: () => number | undefined;
}

/** Passwords are taken where nobody on the Wi-Fi can read them: over HTTPS, or on the box itself. */
export class PasswordRule {
  private readonly options: PasswordRuleOptions;

  constructor(options: PasswordRuleOptions) {
    this.options = options;
  }

  at(request: IncomingMessage): { passwordsHere: boolean; secureUrl?: string } {
    const passwordsHere = isSecure(request) || isOnTheBox(request) || this.options.overHttp();
    const port = this.options.httpsPort();
    const { name } = splitHost(request.headers.host ?? '');
    if (port === undefined || name === '' || isSecure(request)) return { passwordsHere };
    return { passwordsHere, secureUrl: `https://${inUrl(name)}${port === 443 ? '' : `:${port}`}/guide` };
  }

  /** @throws UbizoError `insecure_connection`. */
  expect(request: IncomingMessage): void {
    if (this.at(request).passwordsHere) return;
    throw new UbizoError(
      'insecure_connection',
      'Others on this Wi-Fi could read your password here. Open the guide page over HTTPS and sign in there.',
    );
  }
}
