import { nanoid } from 'nanoid';
import type { PeerState } from '../peer/peer-options.ts';
import type { SoundFrame } from '../protocol/sound-frame.ts';
import type { SocketVoice } from './socket-voice.ts';

export interface SocketPhoneOptions {
  readonly voice: SocketVoice;
  readonly onState: (state: PeerState) => void;
  /** Nothing of it is heard any more. */
  readonly onClose: () => void;
}

/** A phone that speaks over a socket, in place of a WebRTC connection. */
export class SocketPhone {
  readonly id = nanoid();
  private readonly options: SocketPhoneOptions;
  private closed = false;

  constructor(options: SocketPhoneOptions) {
    this.options = options;
  }

  get state(): PeerState {
    return this.closed ? 'closed' : 'connected';
  }

  start(): void {
    this.options.onState('connected');
  }

  hear(frame: SoundFrame): void {
    if (!this.closed) this.options.voice.hear(frame);
  }

  /** The phone has hung up, or has got out of reach. */
  lose(): void {
    if (this.closed) return;
    this.options.onState('closed');
    this.close();
  }

  close(): void {
    if (this.closed) return;
    this.closed = true;
    this.options.voice.close();
    this.options.onClose();
  }
}
