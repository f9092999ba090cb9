import type { ReactiveController, ReactiveControllerHost } from 'lit';
import { deskSoundPath } from '../../../link/api/tours.ts';
import { PeerSession } from '../../../link/peer-session.ts';
import type { LinkError } from '../../../link/problem.ts';
import { recallChoice, rememberChoice } from '../remembered.ts';
import { LowVoice } from './low-voice.ts';

const USUAL_VOLUME = 0.5;

export interface EarphoneParts {
  readonly tour: () => string | undefined;
  readonly onProblem: (problem: LinkError) => void;
}

/** Visitors' voices in the guide's own ear (WHEP), in the guide's language. Off until it is switched on. */
export class Earphone implements ReactiveController {
  /** Wished for. */
  on = false;
  /** 0 to 1. */
  volume: number;
  private readonly host: ReactiveControllerHost;
  private readonly parts: EarphoneParts;
  private readonly session: PeerSession;
  private voice: LowVoice | undefined;

  constructor(host: ReactiveControllerHost, parts: EarphoneParts) {
    this.host = host;
    this.parts = parts;
    const remembered = Number(recallChoice('earphone-volume') ?? USUAL_VOLUME);
    this.volume = remembered >= 0 && remembered <= 1 ? remembered : USUAL_VOLUME;
    this.session = new PeerSession({
      prepare: (peer) => {
        const { receiver } = peer.addTransceiver('audio', { direction: 'recvonly' });
        this.voice?.play(new MediaStream([receiver.track]));
      },
      endpoint: () => Promise.resolve({ url: deskSoundPath(parts.tour() ?? '') }),
      onChange: () => this.host.requestUpdate(),
      onProblem: (problem) => this.meet(problem),
    });
    host.addController(this);
  }

  get connected(): boolean {
    return this.session.status === 'connected';
  }

  hostDisconnected(): void {
    this.stop();
  }

  /** Within a tap. */
  start(): void {
    if (this.on || this.parts.tour() === undefined) return;
    this.on = true;
    this.voice = new LowVoice(this.volume);
    this.session.start();
    this.host.requestUpdate();
  }

  stop(): void {
    this.on = false;
    this.session.stop();
    this.voice?.close();
    this.voice = undefined;
    this.host.requestUpdate();
  }

  setVolume(volume: number): void {
    this.volume = volume;
    this.voice?.setVolume(volume);
    rememberChoice('earphone-volume', String(volume));
    this.host.requestUpdate();
  }

  private meet(problem: LinkError): boolean {
    // The way to the box heals; what it refuses it will refuse again.
    if (problem.code === 'box_unreachable' || problem.code === 'internal') return true;
    this.stop();
    this.parts.onProblem(problem);
    return false;
  }
}
