import { msg } from '@lit/localize';
import type { QualityClass } from '../../../appliance/protocol/quality.ts';

/** What the visitor can do about it; the best two leave nothing to do. */
export function soundAdvice(mark: QualityClass): string | undefined {
  switch (mark) {
    case 'fair':
      return msg('Parts of the sound are missing. Hold the phone free: not in a pocket or a bag.');
    case 'poor':
      return msg('Much of the sound is missing. Go a little nearer to the guide.');
    case 'none':
      return msg('No sound arrives. Go nearer to the guide and keep Wi-Fi on.');
    default:
      return undefined;
  }
}
