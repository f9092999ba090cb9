/** How long an answer may take before its datagram counts as lost, ms. */
const LOST_AFTER_MS = 250;

/** Sends at once, and again until it is `answered`: any datagram may be lost, and so may what answers it. */
export async function again(send: () => void, answered: Promise<unknown>): Promise<void> {
  send();
  const sending = setInterval(send, LOST_AFTER_MS);
  try {
    await answered;
  } finally {
    clearInterval(sending);
  }
}
