import type { HealthChecks } from '../health/health.ts';
import type { Problem } from '../protocol/errors.ts';

/** Of whatever keeps something on the disk. A restart makes no room there. */
export function storageCheck(store: { readonly problem: Problem | undefined }): HealthChecks {
  return {
    storage: () => {
      const { problem } = store;
      return problem ? { ok: false, detail: problem.message, lasting: true } : { ok: true };
    },
  };
}
