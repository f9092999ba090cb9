import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { joinAnswer, type JoinAnswer } from '../../../appliance/protocol/requests.ts';
import { tourDeskView, type TourDeskView } from '../../../appliance/protocol/views.ts';
import type { Settings } from '../../../appliance/settings.ts';
import type { BoxMessage } from './box.ts';
import { guideVoice } from './guide-voice.ts';

const BOX = new URL('box.ts', import.meta.url);

/** A box with a live tour: the guide speaks English without end, visitors may have Spanish. */
export class BenchBox {
  /** The guide's bursts, in order. */
  readonly bursts: Extract<BoxMessage, { type: 'burst' }>[] = [];
  private readonly directory: string;
  private readonly process: ChildProcess;
  private origin = '';
  private readonly cookies = new Map<string, string>();
  private stored: TourDeskView | undefined;

  private constructor(directory: string, process: ChildProcess) {
    this.directory = directory;
    this.process = process;
    process.on('message', (message) => {
      const told = message as BoxMessage;
      if (told.type === 'burst') this.bursts.push(told);
    });
  }

  static async start({ openaiUrl }: { openaiUrl: string }): Promise<BenchBox> {
    const directory = await mkdtemp(join(tmpdir(), 'ubizo-bench-'));
    const recording = join(directory, 'guide.wav');
    await writeFile(recording, guideVoice());
    const settings: Settings = {
      data: directory,
      host: '127.0.0.1',
      httpPort: 0,
      httpsPort: 0,
      radio: join(directory, 'no-radio'),
      relay: join(directory, 'no-relay'),
      iceServers: [],
      errands: join(directory, 'no-errands'),
      microphone: `file:${recording}#loop`,
      interpreter: 'openai',
      openaiApiKey: 'sk-bench',
      openaiUrl,
      openaiDialect: 'translation',
      textModel: 'gpt-6-luna',
      speakerModel: 'none',
      linger: 60,
      translatedFrameMs: 60,
      floorFrameMs: 20,
      noiseGate: 'on',
      shards: 0,
      maxListeners: 0,
      mediaPorts: '40000-40099',
      log: 'silent',
    };
    const box = new BenchBox(directory, fork(BOX, [JSON.stringify(settings)]));
    await box.open();
    return box;
  }

  async stop(): Promise<void> {
    const exited = once(this.process, 'exit');
    this.process.disconnect();
    await exited;
    await rm(this.directory, { recursive: true });
  }

  get visitorUrl(): string {
    return `${this.origin}/j/${this.tour.code}`;
  }

  async mute(muted: boolean): Promise<void> {
    await this.ask('PATCH', `/api/tours/${this.tour.id}`, { muted });
  }

  async join(language: string): Promise<JoinAnswer> {
    return joinAnswer.parse(await this.ask('POST', '/api/join', { code: this.tour.code, language }));
  }

  /** WHEP. @returns the SDP answer. */
  async listen({ whep, token }: JoinAnswer, offer: string): Promise<string> {
    const response = await fetch(this.origin + whep, {
      method: 'POST',
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/sdp' },
      body: offer,
    });
    if (response.status !== 201) throw new Error(`The box refuses to be heard: ${await response.text()}`);
    return response.text();
  }

  private get tour(): TourDeskView {
    if (!this.stored) throw new Error('The box has no tour yet.');
    return this.stored;
  }

  private async open(): Promise<void> {
    const { port, setupCode } = await this.ready();
    this.origin = `http://127.0.0.1:${port}`;
    await this.ask('POST', '/api/sign-in', { setupCode });
    this.stored = tourDeskView.parse(
      await this.ask('POST', '/api/tours', { name: 'Bench', floorLanguage: 'en', languages: ['es'] }),
    );
    await this.ask('POST', `/api/tours/${this.tour.id}/start`, {});
  }

  private async ready(): Promise<Extract<BoxMessage, { type: 'ready' }>> {
    for (;;) {
      const [message] = (await Promise.race([
        once(this.process, 'message'),
        once(this.process, 'exit').then(() => {
          throw new Error('The box did not start.');
        }),
      ])) as [BoxMessage];
      if (message.type === 'ready') return message;
    }
  }

  private async ask(method: string, path: string, body: object): Promise<unknown> {
    const response = await fetch(this.origin + path, {
      method,
      headers: {
        'content-type': 'application/json',
        cookie: [...this.cookies].map((each) => each.join('=')).join('; '),
      },
      body: JSON.stringify(body),
    });
    if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${await response.text()}`);
    // Each by its name, as a browser keeps them: a join's pass stands beside the guide's own.
    for (const cookie of response.headers.getSetCookie()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(cookie) ?? [];
      this.cookies.set(name, value);
    }
    return response.status === 204 ? undefined : response.json();
  }
}
