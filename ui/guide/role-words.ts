import { msg } from '@lit/localize';
import type { RoleName } from '../../appliance/protocol/accounts.ts';

export function roleWords(role: RoleName): string {
  switch (role) {
    case 'owner':
      return msg('Owner');
    case 'guide':
      return msg('Guide');
    case 'attendee':
      return msg('Visitor');
  }
}
