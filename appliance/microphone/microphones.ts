import { basename } from 'node:path';
import type { Log } from '../log.ts';
import { UbizoError } from '../protocol/errors.ts';
import type { MicrophoneOption } from '../protocol/views.ts';
import { AlsaMicrophone, listAlsaDevices } from './alsa.ts';
import { FileMicrophone } from './file.ts';
import type { Microphone, MicrophoneOutput } from './microphone.ts';
import { type OpenPeer, PhoneMicrophone } from './phone.ts';
import { RECORDINGS } from './recordings.ts';

const REPEAT = '#loop';

/** The microphones that a guide may choose: the box's devices, a phone, a recording, and what the settings name. */
export class Microphones {
  private readonly configured: string;
  private readonly log: Log;
  private readonly openPeer: OpenPeer;

  /** @param configured `UBIZO_MICROPHONE`: `alsa:DEVICE`, `phone`, `file:PATH` (`#loop` repeats it), `none`. */
  constructor({ configured, log, openPeer }: { configured: string; log: Log; openPeer: OpenPeer }) {
    this.configured = configured;
    this.log = log;
    this.openPeer = openPeer;
  }

  /** The id that a new tour starts with. */
  get first(): string {
    return this.configured;
  }

  async list(): Promise<MicrophoneOption[]> {
    const devices = await listAlsaDevices();
    const options: MicrophoneOption[] = devices.map(({ device, label }) => ({
      id: `alsa:${device}`,
      kind: 'alsa',
      label,
      available: true,
    }));
    options.push({ id: 'phone', kind: 'phone', label: '', available: true });
    for (const { id, label } of RECORDINGS) options.push({ id, kind: 'file', label, available: true });
    if (!options.some(({ id }) => id === this.configured))
      options.unshift(this.configuredOption(devices.length > 0));
    return options;
  }

  /** Whether any number of tours may be heard through it at once: each has a phone of its own, and a recording of ours. */
  isShared(id: string): boolean {
    return !id.startsWith('alsa:') && !(id.startsWith('file:') && id === this.configured);
  }

  /** @throws UbizoError `microphone_unknown`. */
  open(id: string, output: MicrophoneOutput): Microphone {
    const { log } = this;
    if (id === 'none') return new NoMicrophone();
    if (id === 'phone') return new PhoneMicrophone({ output, openPeer: this.openPeer });
    if (id.startsWith('alsa:')) return new AlsaMicrophone({ device: id.slice('alsa:'.length), output, log });
    const recording = RECORDINGS.find((known) => known.id === id);
    if (recording) return new FileMicrophone({ path: recording.path, loop: true, output, log });
    if (id === this.configured && id.startsWith('file:')) {
      const loop = id.endsWith(REPEAT);
      return new FileMicrophone({
        path: id.slice('file:'.length, loop ? -REPEAT.length : undefined),
        loop,
        output,
        log,
      });
    }
    throw new UbizoError('microphone_unknown', 'This box has no such microphone; choose one from the list.');
  }

  private configuredOption(anyDevice: boolean): MicrophoneOption {
    const id = this.configured;
    if (id === 'none') return { id, kind: 'none', label: '', available: true };
    if (id.startsWith('file:'))
      return {
        id,
        kind: 'file',
        label: basename(id.slice('file:'.length)).replace(REPEAT, ''),
        available: true,
      };
    return { id, kind: 'alsa', label: id.slice('alsa:'.length), available: anyDevice };
  }
}

class NoMicrophone implements Microphone {
  start(): void {}

  stop(): Promise<void> {
    return Promise.resolve();
  }
}
