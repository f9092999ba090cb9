import type { JoinAnswer, JoinRequest } from '../../../appliance/protocol/requests.ts';
import { callKey, type HeadStart, PEER } from '../../link/head-start.ts';
import { rememberedRequest } from '../visit/join-request.ts';
import { EventsAhead } from './events-ahead.ts';
import { tappedIn } from './still-parts.ts';

const PATIENCE_MS = 10_000;

/** The way in and the connection of who comes to a tour, begun before they tap and as silent until then. */
export class Beginning implements HeadStart {
  readonly calls: HeadStart['calls'] = new Map();
  readonly audio = document.createElement('audio');
  readonly offer: Promise<string>;
  readonly answered: Promise<boolean>;
  readonly connected: Promise<unknown>;
  peer: RTCPeerConnection | undefined;
  events: EventsAhead | undefined;
  tapped: HeadStart['tapped'];
  private readonly language: string;

  constructor({ code, language }: Pick<JoinRequest, 'code' | 'language'>) {
    this.language = language;
    // First of all: the box is busy with it while the browser makes its offer.
    const joined = this.join(code);
    const peer = new RTCPeerConnection(PEER);
    this.peer = peer;
    const { receiver } = peer.addTransceiver('audio', { direction: 'recvonly' });
    this.audio.srcObject = new MediaStream([receiver.track]);
    const made = offerOf(peer);
    const sent = joined.then(async (answer) => this.offerTo(answer, await made));
    this.offer = sent.then(
      () => made,
      () => made,
    );
    this.answered = this.answer(peer, sent).catch(() => false);
    this.connected = this.answered.then((answered) => (answered ? connection(peer) : undefined));
    document.addEventListener('click', this.tap);
  }

  end(): void {
    document.removeEventListener('click', this.tap);
  }

  private join(code: string): Promise<JoinAnswer> {
    const call = { type: 'application/json', body: JSON.stringify(rememberedRequest(code, this.language)) };
    return this.post('/api/join', call, async (answer) => {
      const joined = (await answer.json()) as JoinAnswer;
      this.events = new EventsAhead(`${joined.events}&${this.asIAm()}`);
      if (this.tapped === 'listen') this.events.listen();
      return joined;
    });
  }

  /** In an object: else who waits for the offer to be sent would wait for the answer. */
  private offerTo(
    { whep, token, iceServers = [] }: JoinAnswer,
    body: string,
  ): { readonly answer: Promise<string> } {
    if (iceServers.length > 0) throw new Error('The program offers anew, through these servers.');
    const call = { type: 'application/sdp', body, headers: { authorization: `Bearer ${token}` } };
    return { answer: this.post(`${whep}?${this.asIAm()}`, call, (answer) => answer.text()) };
  }

  private async answer(
    peer: RTCPeerConnection,
    sent: Promise<{ readonly answer: Promise<string> }>,
  ): Promise<boolean> {
    const { answer } = await sent;
    await peer.setRemoteDescription({ type: 'answer', sdp: await answer });
    return true;
  }

  /** The program is given each answer too, once it was read here, and what the box says against the call. */
  private post<T>(
    path: string,
    { type, body, headers }: { type: string; body: string; headers?: Record<string, string> },
    read: (answer: Response) => Promise<T>,
  ): Promise<T> {
    const answer = fetch(path, {
      method: 'POST',
      headers: { ...headers, 'content-type': type },
      body,
      signal: AbortSignal.timeout(PATIENCE_MS),
    });
    const done = answer.then((response) => {
      if (!response.ok) throw new Error(`${path}: ${response.status}`);
      return read(response.clone());
    });
    const there = (): Promise<Response> => answer;
    this.calls.set(callKey(path, body), done.then(there, there));
    return done;
  }

  private asIAm(): string {
    const { language, tapped } = this;
    return new URLSearchParams({ language, ...(tapped !== 'listen' && { listening: 'no' }) }).toString();
  }

  private readonly tap = (event: Event): void => {
    this.tapped = tappedIn(event) ?? this.tapped;
    if (this.tapped !== 'listen') return;
    // Inside the gesture: browsers let sound begin only then. The program plays it again, and sees a refusal.
    this.audio.play().catch(() => undefined);
    this.events?.listen();
  };
}

const connection = (peer: RTCPeerConnection): Promise<void> =>
  new Promise((resolve) => {
    const look = (): void => {
      if (peer.connectionState !== 'new' && peer.connectionState !== 'connecting') resolve();
    };
    peer.addEventListener('connectionstatechange', look);
    look();
  });

async function offerOf(peer: RTCPeerConnection): Promise<string> {
  await peer.setLocalDescription(await peer.createOffer());
  return peer.localDescription?.sdp ?? '';
}
