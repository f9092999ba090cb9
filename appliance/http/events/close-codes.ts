/** Why the box hung up on a page's socket (RFC 6455, 7.4.2: 4000 to 4999 are an application's own). */
export const CLOSE = { signedOut: 4401, removed: 4403, tooMany: 4429 } as const;
