import type { ReactiveControllerHost } from 'lit';
import { WhipClient, type CaptureProblem } from '../../link/whip-client.ts';
import type { LinkError } from '../../link/problem.ts';
import { claimPlayback, claimVoice } from '../listen/audio-session.ts';

/** A voice close to a phone that may play the tour: without what the phone itself plays. */
const HEARING: MediaTrackConstraints = {
  echoCancellation: true,
  noiseSuppression: true,
  autoGainControl: true,
  channelCount: 1,
};

/** Why a visitor's voice does not get to the box. */
export type VoiceProblem = CaptureProblem | LinkError;

export interface OwnVoiceParts {
  readonly tour: () => string;
  /** The visitor's pass. */
  readonly token: () => Promise<string>;
}

/**
 * This phone's microphone on its way to the box, to speak to all, to the guide, or in a call: one at a time. Whether anybody
 * hears it is for the box to say; until {@link let} it carries silence.
 */
export class OwnVoice {
  /** What it was last opened for could not be had. */
  problem: VoiceProblem | undefined;
  private readonly host: ReactiveControllerHost;
  private readonly parts: OwnVoiceParts;
  private readonly whip: WhipClient;
  /** Who hears that it has ended by itself; as long as it is wanted. */
  private onEnd: (() => void) | undefined;

  constructor(host: ReactiveControllerHost, parts: OwnVoiceParts) {
    this.host = host;
    this.parts = parts;
    const watching: ReactiveControllerHost = {
      addController: (controller) => host.addController(controller),
      removeController: (controller) => host.removeController(controller),
      updateComplete: host.updateComplete,
      requestUpdate: () => this.look(),
    };
    this.whip = new WhipClient(watching, {
      hearing: HEARING,
      token: parts.token,
      onProblem: (problem) => {
        if (problem.code === 'box_unreachable' || problem.code === 'internal') return true;
        this.end(problem);
        return false;
      },
    });
  }

  get track(): MediaStreamTrack | undefined {
    return this.whip.track;
  }

  /** The box has it. */
  get connected(): boolean {
    return this.whip.status === 'connected';
  }

  /** Asks for the microphone and connects it. Call it inside a gesture. @returns whether it is open, and still wanted */
  async open(onEnd: () => void): Promise<boolean> {
    this.close();
    this.problem = undefined;
    this.onEnd = onEnd;
    claimVoice();
    await this.whip.start(`/whip/floor/ask?tour=${encodeURIComponent(this.parts.tour())}`);
    if (this.track) this.track.enabled = false;
    return this.track !== undefined && this.onEnd === onEnd;
  }

  /** Lets it through. */
  let(): void {
    if (this.track) this.track.enabled = true;
  }

  close(): void {
    if (!this.onEnd) return;
    this.onEnd = undefined;
    this.whip.stop();
    claimPlayback();
  }

  private look(): void {
    if (this.whip.capture !== undefined) this.end(this.whip.capture);
    this.host.requestUpdate();
  }

  private end(problem: VoiceProblem): void {
    const { onEnd } = this;
    if (!onEnd) return;
    this.problem = problem;
    this.close();
    onEnd();
  }
}
