/** One part's state; `ok: false` makes the box unhealthy. */
export interface PartHealth {
  readonly ok: boolean;
  readonly detail?: string;
  /** A restart would not mend it, so the watchdog lets the box go on. */
  readonly lasting?: true;
}

export type HealthCheck = () => PartHealth;

/** Asks every part how it is. A part that throws is not well. */
export class Health {
  private readonly checks: Readonly<Record<string, HealthCheck>>;

  constructor({ checks }: { checks: Readonly<Record<string, HealthCheck>> }) {
    this.checks = checks;
  }

  check(): { ok: boolean; parts: Record<string, PartHealth> } {
    const parts = Object.fromEntries(Object.entries(this.checks).map(([name, check]) => [name, ask(check)]));
    return { ok: Object.values(parts).every(({ ok }) => ok), parts };
  }
}

function ask(check: HealthCheck): PartHealth {
  try {
    return check();
  } catch {
    return { ok: false, detail: 'the check itself failed' };
  }
}
