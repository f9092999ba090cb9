import type { RTCDtlsTransport } from 'werift';

/** RFC 6347, 4.3.2. */
const HELLO_VERIFY_REQUEST = 3;
/** werift's number for having answered it. */
const VERIFIED = 3;

/**
 * On a busy machine a phone says its hello again, and each is answered. A second request to verify it would end werift's
 * handshake as a client, where any other phone leaves it unread: this makes werift do so, too.
 */
export function keepSteady(transport: RTCDtlsTransport): void {
  transport.onStateChange.subscribe((state) => {
    if (state !== 'connecting') return;
    // It makes its client in the same turn, and says hello a moment later.
    queueMicrotask(() => {
      const client = transport.dtls;
      if (!client) throw new Error('werift makes its client at another time now.');
      const handle = client.onHandleHandshakes;
      client.onHandleHandshakes = (messages) =>
        handle(
          messages.filter(
            ({ msg_type }) => msg_type !== HELLO_VERIFY_REQUEST || client.dtls.flight < VERIFIED,
          ),
        );
    });
  });
}
