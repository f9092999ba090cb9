import { collectDefaultMetrics, Counter, Gauge, Registry } from 'prom-client';

/** Figures for Prometheus: counts only, nobody's name and nothing said. */
export class Metrics {
  readonly registry = new Registry();

  constructor() {
    collectDefaultMetrics({ register: this.registry });
  }

  get contentType(): string {
    return this.registry.contentType;
  }

  text(): Promise<string> {
    return this.registry.metrics();
  }
}

/** Adds a figure that is read whenever it is asked for; nothing while it is not known. */
export function gauge(registry: Registry, name: string, help: string, read: () => number | undefined): void {
  registry.registerMetric(
    new Gauge({
      name,
      help,
      registers: [],
      collect() {
        const figure = read();
        if (figure === undefined) this.remove();
        else this.set(figure);
      },
    }),
  );
}

/** What is read, by the one label that it has. */
export interface Counts {
  readonly name: string;
  readonly help: string;
  readonly label: string;
  readonly read: () => ReadonlyMap<string, number>;
}

/** Adds figures that are read whenever they are asked for, by the one label that they have. */
export function gauges(registry: Registry, { name, help, label, read }: Counts): void {
  registry.registerMetric(
    new Gauge({
      name,
      help,
      labelNames: [label],
      registers: [],
      collect() {
        this.reset();
        for (const [value, figure] of read()) this.set({ [label]: value }, figure);
      },
    }),
  );
}

/** Adds what is counted elsewhere since the start, and read whenever it is asked for. */
export function counter(registry: Registry, { name, help, label, read }: Counts): void {
  registry.registerMetric(
    new Counter({
      name,
      help,
      labelNames: [label],
      registers: [],
      collect() {
        this.reset();
        for (const [value, count] of read()) this.inc({ [label]: value }, count);
      },
    }),
  );
}
