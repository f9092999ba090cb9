/** One part's state; `ok: false` makes the box unhealthy. */
export interface PartHealth {
  readonly ok: boolean;
  readonly detail?: string;
  /** A restart would not mend it, so the watchdog lets the box go on. */
  readonly lasting?: true;
  /** It does less than it should, for want of something outside the box; the box itself is well. */
  readonly degraded?: true;
}

export interface BoxHealth {
  readonly ok: boolean;
  /** Some part is not well, or does less than it should. */
  readonly degraded: boolean;
  readonly parts: Readonly<Record<string, PartHealth>>;
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

  check(): BoxHealth {
    const parts: Record<string, PartHealth> = {};
    for (const [name, check] of this.checks.flatMap((each) => Object.entries(each)))
      if (parts[name]?.ok !== false) parts[name] = ask(check);
    const all = Object.values(parts);
    return { ok: all.every(({ ok }) => ok), degraded: all.some(isDegraded), parts };
  }
}

export function isDegraded({ ok, degraded }: PartHealth): boolean {
  return !ok || degraded === true;
}

function ask(check: HealthCheck): PartHealth {
  try {
    return check();
  } catch {
    return { ok: false, detail: 'the check itself failed' };
  }
}
