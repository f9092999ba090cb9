import type { Account } from '../account/accounts.ts';
import type { AccountView } from '../protocol/accounts.ts';

/** An account as its person and the owner may see it: without its password's hash. */
export function accountView({ id, email, name, role, status, language, createdAt }: Account): AccountView {
  return {
    id,
    email,
    ...(name !== undefined && name !== '' && { name }),
    role,
    status,
    ...(language !== undefined && { language }),
    createdAt,
  };
}
