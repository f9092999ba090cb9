import type { Registry } from 'prom-client';
import type { HealthChecks } from '../health/health.ts';
import type { AttendeeSide, DeskSide } from '../http/events/side.ts';
import type { Route } from '../http/route.ts';
import type { SocketRoute } from '../http/socket-route.ts';

/**
 * A piece of the box, as the composition root sees it: what it takes to begin and to end, and what it offers to whoever
 * asks. Its constructor assigns; `start` acts, `stop` undoes that, also after a start that failed halfway.
 */
export interface Part {
  /** In the log, beside the ms that its start took. */
  readonly name: string;
  start?(): Promise<void> | void;
  stop?(): Promise<void> | void;
  readonly routes?: readonly Route[];
  readonly sockets?: readonly SocketRoute[];
  /** What talks with visitors' pages and with guides' desks. */
  readonly attendeeSide?: AttendeeSide;
  readonly deskSide?: DeskSide;
  readonly checks?: HealthChecks;
  /** Adds what it counts. */
  metrics?(registry: Registry): void;
}
