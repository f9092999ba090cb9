/** RFC 8839, 5.4. */
const USER_FRAGMENT = /^[A-Za-z0-9+/]{4,256}$/;
const PASSWORD = /^[A-Za-z0-9+/]{22,256}$/;

/** Whether these can be the credentials of an ICE agent. */
export function areCredentials(userFragment: string, password: string): boolean {
  return USER_FRAGMENT.test(userFragment) && PASSWORD.test(password);
}
