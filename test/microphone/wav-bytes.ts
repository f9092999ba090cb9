/** Writes WAV files byte by byte, so that tests can also write wrong ones. */
export interface WavBytes {
  readonly rate: number;
  readonly encoding: 'u8' | 's16' | 's24' | 's32' | 'f32' | 'f64';
  /** One array per channel, −1 to 1. */
  readonly channels: readonly Float64Array[];
  readonly extensible?: boolean;
  /** Chunks before `fmt `, as recorders for broadcast write them. */
  readonly junk?: number;
}

const BYTES = { u8: 1, s16: 2, s24: 3, s32: 4, f32: 4, f64: 8 };

export function wavBytes({ rate, encoding, channels, extensible = false, junk }: WavBytes): Buffer {
  const bytes = BYTES[encoding];
  const frames = channels[0]?.length ?? 0;
  const data = Buffer.alloc(frames * channels.length * bytes);
  let at = 0;
  for (let frame = 0; frame < frames; frame++) {
    for (const channel of channels) {
      write(data, at, encoding, channel[frame] ?? 0);
      at += bytes;
    }
  }
  const float = encoding.startsWith('f');
  const fmt = Buffer.alloc(extensible ? 40 : 16);
  fmt.writeUInt16LE(extensible ? 0xfffe : float ? 3 : 1, 0);
  fmt.writeUInt16LE(channels.length, 2);
  fmt.writeUInt32LE(rate, 4);
  fmt.writeUInt32LE(rate * channels.length * bytes, 8);
  fmt.writeUInt16LE(channels.length * bytes, 12);
  fmt.writeUInt16LE(bytes * 8, 14);
  if (extensible) {
    fmt.writeUInt16LE(22, 16);
    fmt.writeUInt16LE(bytes * 8, 18);
    fmt.writeUInt16LE(float ? 3 : 1, 24);
    Buffer.from('000000001000800000aa00389b71', 'hex').copy(fmt, 26);
  }
  const chunks = [
    ...(junk === undefined ? [] : [chunk('JUNK', Buffer.alloc(junk, 0x55))]),
    chunk('fmt ', fmt),
    chunk('LIST', Buffer.from('INFOISFT\x05\0\0\0tests\0', 'latin1')),
    chunk('data', data),
  ];
  return riff(chunks);
}

export function chunk(id: string, body: Buffer): Buffer {
  const head = Buffer.alloc(8);
  head.write(id, 'latin1');
  head.writeUInt32LE(body.length, 4);
  return Buffer.concat([head, body, Buffer.alloc(body.length % 2)]);
}

export function riff(chunks: readonly Buffer[]): Buffer {
  return container('RIFF', chunks);
}

export function container(id: string, chunks: readonly Buffer[]): Buffer {
  return chunk(id, Buffer.concat([Buffer.from('WAVE'), ...chunks]));
}

/** `ds64` (EBU Tech 3306, 3): sizes of 64 bits of the file, of its data, and of others in a table. */
export function longSizes({
  file = 1_000_000,
  data,
  others = {},
}: {
  file?: number;
  data: number;
  others?: Readonly<Record<string, number>>;
}): Buffer {
  const table = Object.entries(others);
  const body = Buffer.alloc(28 + 12 * table.length);
  body.writeBigUInt64LE(BigInt(file), 0);
  body.writeBigUInt64LE(BigInt(data), 8);
  body.writeUInt32LE(table.length, 24);
  for (const [index, [id, size]] of table.entries()) {
    body.write(id, 28 + 12 * index, 'latin1');
    body.writeBigUInt64LE(BigInt(size), 32 + 12 * index);
  }
  return chunk('ds64', body);
}

function write(data: Buffer, at: number, encoding: WavBytes['encoding'], value: number): void {
  const clamped = Math.max(-1, Math.min(value, 1 - 2 ** -31));
  switch (encoding) {
    case 'u8':
      return void data.writeUInt8(Math.min(255, Math.round(clamped * 128) + 128), at);
    case 's16':
      return void data.writeInt16LE(Math.min(32_767, Math.round(clamped * 32_768)), at);
    case 's24':
      return void data.writeIntLE(Math.min(8_388_607, Math.round(clamped * 8_388_608)), at, 3);
    case 's32':
      return void data.writeInt32LE(Math.round(clamped * 2_147_483_647), at);
    case 'f32':
      return void data.writeFloatLE(value, at);
    case 'f64':
      return void data.writeDoubleLE(value, at);
  }
}
