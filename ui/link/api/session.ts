import { LinkError } from '../problem.ts';
import { send, tell } from '../request.ts';

/** The guide's sign-in. The cookie is HttpOnly: only the box knows whether it is good. */

export async function isSignedIn(): Promise<boolean> {
  try {
    await send('/api/session', { method: 'GET' });
    return true;
  } catch (error) {
    if (error instanceof LinkError && error.code !== 'box_unreachable' && error.code !== 'internal')
      return false;
    throw error;
  }
}

export const signIn = (setupCode: string): Promise<void> => tell('POST', '/api/sign-in', { setupCode });

export const signOut = (): Promise<void> => tell('POST', '/api/sign-out');
