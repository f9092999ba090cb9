import { collectDefaultMetrics, Gauge, Registry } from 'prom-client';

export interface MetricsSources {
  readonly listeners: () => number;
  readonly liveTours: () => number;
}

/** Figures for Prometheus: counts only, nobody's name and nothing said. */
export class Metrics {
  private readonly registry = new Registry();

  constructor({ listeners, liveTours }: MetricsSources) {
    collectDefaultMetrics({ register: this.registry });
    this.gauge('ubizo_listeners', 'Phones connected over WebRTC', listeners);
    this.gauge('ubizo_live_tours', 'Tours that are live or paused', liveTours);
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
