import type { ConnectionView, RecoveryReport } from '../../../../appliance/protocol/recovery.ts';
import type { LinkError } from '../../../link/problem.ts';
import type { SdpEndpoint } from '../../../link/sdp-exchange.ts';
import type { WayOnOffer, WayParts } from '../ways/way.ts';

export interface ReceptionOptions {
  /** Where the sound is had. `renew`: by a new join. */
  readonly endpoint: (renew: boolean) => Promise<SdpEndpoint>;
  readonly look: () => Promise<ConnectionView>;
  readonly onStream: (stream: MediaStream) => void;
  /** Answers whether to try again. */
  readonly onProblem: (problem: LinkError) => boolean;
  /** Somebody listens; else a connection that is lost is not made anew. */
  readonly wanted: () => boolean;
  /** Asks the box, over the events socket, whether it sends. */
  readonly ask: () => void;
  /** The events socket is lost: perhaps the box is, too. */
  readonly eventsLost: () => boolean;
  /** Makes the events socket anew where it is lost. */
  readonly renewSocket: () => void;
  readonly report: (report: RecoveryReport) => void;
  readonly ways: readonly WayOnOffer[];
  readonly way: Omit<WayParts, 'onLost'>;
  readonly language: () => string;
}
