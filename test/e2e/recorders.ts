import type { Page } from 'playwright-core';

/** Before the page is opened: all that it lets into a sound graph is kept as {@link Window.heard}. */
export async function recordGraphs(page: Page): Promise<void> {
  await page.addInitScript(() => {
    window.heard = { rate: 48_000, blocks: [], stream: '' };
    const { createMediaStreamSource: create } = AudioContext.prototype as Record<
      'createMediaStreamSource',
      (this: AudioContext, stream: MediaStream) => MediaStreamAudioSourceNode
    >;
    AudioContext.prototype.createMediaStreamSource = function (this: AudioContext, stream) {
      const source = create.call(this, stream);
      const recorder = this.createScriptProcessor(1_024, 1, 1);
      window.heard.rate = this.sampleRate;
      recorder.onaudioprocess = (event) =>
        window.heard.blocks.push(event.inputBuffer.getChannelData(0).slice());
      source.connect(recorder);
      recorder.connect(this.destination);
      return source;
    };
  });
}

/** Before the page is opened: its microphone gives a pure tone, which no browser's noise suppression has touched. */
export function speakTone(hertz: number): (page: Page) => Promise<void> {
  return async (page) => {
    await page.addInitScript((hertz) => {
      navigator.mediaDevices.getUserMedia = async () => {
        const context = new AudioContext();
        await context.resume();
        const oscillator = context.createOscillator();
        oscillator.frequency.value = hertz;
        const gain = context.createGain();
        gain.gain.value = 0.3;
        const microphone = context.createMediaStreamDestination();
        oscillator.connect(gain).connect(microphone);
        oscillator.start();
        return microphone.stream;
      };
    }, hertz);
  };
}

/** Everything recorded so far, as 16-bit samples at 48 kHz. */
export async function recorded(page: Page): Promise<Int16Array> {
  const base64 = await page.evaluate(() => {
    const { blocks } = window.heard;
    const length = blocks.reduce((sum, block) => sum + block.length, 0);
    const samples = new Int16Array(length);
    let at = 0;
    for (const block of blocks)
      for (const sample of block) samples[at++] = Math.max(-1, Math.min(1, sample)) * 32_767;
    const bytes = new Uint8Array(samples.buffer);
    let text = '';
    for (let i = 0; i < bytes.length; i += 8_192)
      text += String.fromCharCode(...bytes.subarray(i, i + 8_192));
    return btoa(text);
  });
  const bytes = Buffer.from(base64, 'base64');
  return new Int16Array(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength));
}

/** Resolves once a tone of `hz` stands out for a fifth of a second of what is recorded. */
export async function hearsTone(page: Page, hz: number): Promise<void> {
  await page.waitForFunction(
    (hz) => {
      const { rate, blocks } = window.heard;
      const samples = blocks.slice(-10).flatMap((block) => [...block]);
      if (samples.length < 10_240) return false;
      let [sine, cosine, power] = [0, 0, 0];
      for (const [at, sample] of samples.entries()) {
        sine += sample * Math.sin((2 * Math.PI * hz * at) / rate);
        cosine += sample * Math.cos((2 * Math.PI * hz * at) / rate);
        power += sample * sample;
      }
      const rms = Math.sqrt(power / samples.length);
      return rms > 0.003 && Math.hypot(sine, cosine) / samples.length > 0.35 * rms;
    },
    hz,
    { timeout: 60_000, polling: 50 },
  );
}
