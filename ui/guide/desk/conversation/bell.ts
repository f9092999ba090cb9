import type { ReactiveControllerHost } from 'lit';
import { recallChoice, rememberChoice } from '../remembered.ts';

/** Once: shorter than the sign to slow down, which comes twice. */
const QUESTION_PATTERN = [120];
const CALL_PATTERN = [300, 150, 300, 150, 300];
/** Several who ask at once are one sign, ms. */
const PAUSE_MS = 4_000;
/** A tone that is heard beside the ear, not across the square: Hz, gain, s. */
const TONE = { pitch: 740, gain: 0.06, length: 0.18 };

/** Tells the guide that somebody asks or calls: felt where the phone can be felt, else a soft tone. May be switched off. */
export class Bell {
  on = recallChoice('question-sound') !== 'off';
  private readonly host: ReactiveControllerHost;
  private context: AudioContext | undefined;
  private rungAt = -Infinity;

  constructor(host: ReactiveControllerHost) {
    this.host = host;
  }

  /** Within a tap when it is switched on, so that the tone may be heard. */
  set(on: boolean): void {
    this.on = on;
    rememberChoice('question-sound', on ? 'on' : 'off');
    this.rungAt = -Infinity;
    if (on) this.question();
    this.host.requestUpdate();
  }

  question(): void {
    this.ring(QUESTION_PATTERN);
  }

  call(): void {
    this.rungAt = -Infinity;
    this.ring(CALL_PATTERN);
  }

  private ring(pattern: number[]): void {
    if (!this.on || performance.now() - this.rungAt < PAUSE_MS) return;
    this.rungAt = performance.now();
    // A desk computer says that it vibrates, and iPhones cannot.
    const held = matchMedia('(pointer: coarse)').matches;
    if (!(held && navigator.vibrate?.(pattern))) this.sound();
  }

  private sound(): void {
    const context = (this.context ??= new AudioContext());
    void context.resume();
    const tone = context.createOscillator();
    const gain = context.createGain();
    tone.frequency.value = TONE.pitch;
    const from = context.currentTime;
    gain.gain.setValueAtTime(0, from);
    gain.gain.linearRampToValueAtTime(TONE.gain, from + 0.02);
    gain.gain.linearRampToValueAtTime(0, from + TONE.length);
    tone.connect(gain).connect(context.destination);
    tone.start(from);
    tone.stop(from + TONE.length);
  }
}
