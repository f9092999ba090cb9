/** One part's state; `ok: false` makes the box unhealthy. */
export interface PartHealth {
  readonly ok: boolean;
  readonly detail?: string;
  /** A restart would not mend it, so the watchdog lets the box go on. */
  readonly lasting?: true;
}

type HealthCheck = () => PartHealth;

/** By the name under which `/healthz` tells it. */
export type HealthChecks = Readonly<Record<string, HealthCheck>>;

/** Asks every part how it is. A part that throws is not well. */
export class Health {
  private readonly checks: readonly HealthChecks[];

  /** @param checks of which several may speak for one name: the first that is not well is told. */
  constructor({ checks }: { checks: readonly HealthChecks[] }) {
    this.checks = checks;
  }

  check(): { ok: boolean; parts: Record<string, PartHealth> } {
    const parts: Record<string, PartHealth> = {};
    for (const [name, check] of this.checks.flatMap((each) => Object.entries(each)))
      if (parts[name]?.ok !== false) parts[name] = ask(check);
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
