import { collectDefaultMetrics, Counter, Gauge, Registry } from 'prom-client';

export interface MetricsSources {
  readonly listeners: () => number;
  readonly liveTours: () => number;
  /** The worst shard's punctuality in the last second, ms from a frame's encoding to its last packet. */
  readonly lateMsP99: () => number;
  readonly packetsPerSecond: () => number;
  readonly droppedPerSecond: () => number;
  /** Calls refused since the start, by error code. */
  readonly refusals: () => ReadonlyMap<string, number>;
}

/** Figures for Prometheus: counts only, nobody's name and nothing said. */
export class Metrics {
  private readonly registry = new Registry();

  constructor(sources: MetricsSources) {
    collectDefaultMetrics({ register: this.registry });
    this.gauge('ubizo_listeners', 'Phones connected over WebRTC', sources.listeners);
    this.gauge('ubizo_live_tours', 'Tours that are live or paused', sources.liveTours);
    this.gauge('ubizo_frame_late_p99_ms', 'From encoded to sent to everyone, last second', sources.lateMsP99);
    this.gauge('ubizo_packets_per_second', 'Packets of sound sent', sources.packetsPerSecond);
    this.gauge(
      'ubizo_packets_dropped_per_second',
      'Packets the network took none of',
      sources.droppedPerSecond,
    );
    const refusals = new Counter({
      name: 'ubizo_refusals_total',
      help: 'Calls refused, by error code',
      labelNames: ['code'],
      registers: [],
      collect() {
        this.reset();
        for (const [code, count] of sources.refusals()) this.inc({ code }, count);
      },
    });
    this.registry.registerMetric(refusals);
  }

  get contentType(): string {
    return this.registry.contentType;
  }

  text(): Promise<string> {
    return this.registry.metrics();
  }

  private gauge(name: string, help: string, read: () => number): void {
    const gauge = new Gauge({
      name,
      help,
      registers: [],
      collect() {
        this.set(read());
      },
    });
    this.registry.registerMetric(gauge);
  }
}
