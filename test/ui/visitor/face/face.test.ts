import { expect, fixture, html } from '@open-wc/testing';
import '../../../../ui/visitor/face/face.ts';
import type { Face } from '../../../../ui/visitor/face/face.ts';
import type { HeardSound } from '../../../../ui/visitor/face/ear.ts';
import { expectAccessible } from '../../accessible.ts';
import { waitUntil } from '../../patience.ts';

/** A voice that can be silenced. */
class Voice {
  readonly context = new AudioContext();
  readonly gain = this.context.createGain();
  private readonly stream = this.context.createMediaStreamDestination();
  private readonly player = new Audio();

  constructor() {
    const tone = this.context.createOscillator();
    tone.connect(this.gain).connect(this.stream);
    this.gain.gain.value = 0;
    tone.start();
    this.player.srcObject = this.stream.stream;
    void this.player.play();
  }

  get sound(): MediaStream {
    return this.stream.stream;
  }

  speak(loud: boolean): void {
    this.gain.gain.value = loud ? 0.5 : 0;
  }

  async end(): Promise<void> {
    this.player.pause();
    await this.context.close();
  }
}

const opening = ({ renderRoot }: Face): number => renderRoot.querySelector('ellipse')!.ry.baseVal.value;

function hide(hidden: boolean): void {
  Object.defineProperty(document, 'hidden', { configurable: true, value: hidden });
  document.dispatchEvent(new Event('visibilitychange'));
}

async function faceOf(sound: HeardSound): Promise<Face> {
  return fixture<Face>(html`<ubizo-face .sound=${sound}></ubizo-face>`);
}

describe('a face', () => {
  const { prototype } = AnalyserNode;
  const look: AnalyserNode['getFloatTimeDomainData'] = Reflect.get(prototype, 'getFloatTimeDomainData');
  let voice: Voice;
  let looks = 0;

  beforeEach(() => {
    voice = new Voice();
    looks = 0;
    prototype.getFloatTimeDomainData = function (samples) {
      looks++;
      look.call(this, samples);
    };
  });

  afterEach(async () => {
    prototype.getFloatTimeDomainData = look;
    Reflect.deleteProperty(document, 'hidden');
    document.dispatchEvent(new Event('visibilitychange'));
    await voice.end();
  });

  /** How many times a second it looks; a busy machine only makes that fewer. */
  async function perSecond(): Promise<number> {
    const [began, before] = [performance.now(), looks];
    await new Promise((resolve) => setTimeout(resolve, 500));
    return (1_000 * (looks - before)) / (performance.now() - began);
  }

  it('opens its mouth for a stream that is heard, and closes it in silence', async () => {
    const face = await faceOf(voice.sound);
    expect(opening(face)).to.equal(1);
    voice.speak(true);
    await waitUntil(() => opening(face) > 6, 'an open mouth');
    voice.speak(false);
    await waitUntil(() => opening(face) === 1, 'a closed mouth');
  });

  it('follows what Web Audio plays, and changes nothing of it', async () => {
    voice.speak(true);
    const further = voice.context.createAnalyser();
    voice.gain.connect(further);
    const samples = new Float32Array(further.fftSize);
    const face = await faceOf(voice.gain);
    await waitUntil(() => opening(face) > 6, 'an open mouth');
    face.remove();
    expect(opening(face)).to.equal(1);
    expect(voice.context.state).to.equal('running');
    await waitUntil(() => {
      further.getFloatTimeDomainData(samples);
      return Math.max(...samples) > 0.4;
    }, 'sound that goes on');
  });

  it('draws nothing in silence and looks seldom, and is there again when somebody speaks', async () => {
    const face = await faceOf(voice.sound);
    const changes: MutationRecord[] = [];
    const observer = new MutationObserver((records) => changes.push(...records));
    observer.observe(face.renderRoot, { subtree: true, attributes: true, childList: true });
    await new Promise((resolve) => setTimeout(resolve, 800));
    expect(await perSecond()).to.be.lessThan(28);
    expect(changes).to.deep.equal([]);
    observer.disconnect();
    voice.speak(true);
    await waitUntil(() => opening(face) > 6, 'an open mouth');
  });

  it('does nothing in a page in the background, and goes on when it is seen again', async () => {
    voice.speak(true);
    const face = await faceOf(voice.sound);
    await waitUntil(() => opening(face) > 6, 'an open mouth');
    hide(true);
    expect(await perSecond()).to.equal(0);
    hide(false);
    looks = 0;
    await waitUntil(() => looks > 20, 'looks');
  });

  it('does nothing out of sight', async () => {
    voice.speak(true);
    const face = await faceOf(voice.sound);
    await waitUntil(() => opening(face) > 6, 'an open mouth');
    face.style.display = 'none';
    let before = -1;
    await waitUntil(() => {
      const still = looks === before;
      before = looks;
      return still;
    }, 'rest');
    expect(await perSecond()).to.equal(0);
  });

  it('draws half as often where the phone spares itself', async () => {
    voice.speak(true);
    const face = await fixture<Face>(html`<ubizo-face .sound=${voice.sound} sparing></ubizo-face>`);
    await waitUntil(() => opening(face) > 6, 'an open mouth');
    expect(await perSecond()).to.be.lessThan(34);
  });

  it('has a shape for each voice, and is no image to a screen reader', async () => {
    const face = await faceOf(voice.sound);
    const shapes = new Set<string>();
    for (const speaker of ['guide', 'interpreter', 'visitor'] as const) {
      face.speaker = speaker;
      await face.updateComplete;
      shapes.add(face.renderRoot.querySelector('svg')!.innerHTML);
      expect(face.renderRoot.querySelector('[aria-hidden=true]')).not.to.equal(null);
    }
    expect(shapes.size).to.equal(3);
    await expectAccessible(face);
  });
});
