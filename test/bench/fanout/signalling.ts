import { readDescription, type RemoteDescription } from './sdp.ts';

/** How a listener and a server get to know each other. */
export interface Signalling {
  /** @param describe writes the listener's offer, or its answer to the server's. */
  join(
    language: number,
    describe: (offer?: RemoteDescription) => string,
  ): Promise<{ remote: RemoteDescription; leave: () => Promise<void> }>;
  close(): void;
}

/** WHEP (draft-ietf-wish-whep), one endpoint for each language. */
export class WhepSignalling implements Signalling {
  private readonly url: string;

  constructor({ url }: { url: string }) {
    this.url = url;
  }

  async join(
    language: number,
    describe: (offer?: RemoteDescription) => string,
  ): Promise<{ remote: RemoteDescription; leave: () => Promise<void> }> {
    const response = await fetch(new URL(`/whep/${language}`, this.url), {
      method: 'POST',
      headers: { 'content-type': 'application/sdp' },
      body: describe(),
    });
    const answer = await response.text();
    if (response.status !== 201) throw new Error(`The server refuses: ${answer}`);
    const resource = new URL(response.headers.get('location') ?? '', this.url);
    return {
      remote: readDescription(answer),
      leave: async () => {
        await (await fetch(resource, { method: 'DELETE' })).text();
      },
    };
  }

  close(): void {
    // Nothing is held open.
  }
}
