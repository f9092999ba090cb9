import type { AccountView, DeviceView, EntranceView } from '../../../appliance/protocol/accounts.ts';

export function account(change: Partial<AccountView> = {}): AccountView {
  return {
    id: 'a1',
    email: 'owner@example.org',
    role: 'owner',
    status: 'active',
    createdAt: Date.UTC(2026, 10, 20),
    ...change,
  };
}

/** A claimed box over HTTPS where nobody is signed in, unless it is said otherwise. */
export function entranceView(change: Partial<EntranceView> = {}): EntranceView {
  return { name: 'Old town box', claimed: true, passwordsHere: true, ...change };
}

export function deviceView(change: Partial<DeviceView> = {}): DeviceView {
  return {
    name: 'Old town box',
    openaiKey: 'none',
    spendCapUsd: 20,
    raisableToUsd: null,
    retention: { transcriptDays: 30, recordings: false },
    passwordsOverHttp: false,
    certificate: {
      kind: 'made here',
      fingerprint: 'AB:CD:EF:01',
      daysLeft: 390,
      names: ['ubizo.local', '10.77.0.1'],
      authorityUrl: '/ubizo.crt',
    },
    ...change,
  };
}
