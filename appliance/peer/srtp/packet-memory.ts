import { SEAL_WASM } from './seal-wasm.ts';

/** `seal.wat` says what it does and what it takes: three words of header, then addresses, the payload's length third. */
type Seal = (
  header0: number,
  header1: number,
  header2: number,
  payload: number,
  length: number,
  keystream: number,
  table: number,
  work: number,
) => void;

interface Memory {
  readonly buffer: ArrayBuffer;
  grow(pages: number): number;
}

/** The types of Node name it only together with those of a browser. */
const { WebAssembly } = globalThis as unknown as {
  WebAssembly: {
    Memory: new (size: { initial: number; maximum: number }) => Memory;
    Module: new (bytes: Uint8Array) => object;
    Instance: new (module: object, imports: object) => { readonly exports: { readonly seal: Seal } };
  };
};

/** What one stream has to itself, bytes: a page of the machine's memory, so that none is there for nothing. */
export const ROOM = 4_096;
/** Every `memory.grow` asks for so many of WebAssembly's pages; there may be room for 16,000 streams. */
const STEP = 16;
const MAX_PAGES = 1_024;
const PAYLOAD_ROOM = 2_048;
/** Behind the two payloads; then come the rooms. */
const WORK = 2 * PAYLOAD_ROOM;
const ROOMS = WORK + ROOM;
/** Where in the work the packet stands. */
const PACKET = WORK + 4;

/**
 * The memory of this thread in which packets are protected, and the WebAssembly that does it: GHASH needs numbers of
 * 128 bits, which JavaScript has not. Payloads are kept by identity, for they are shared: whoever hands one over never
 * changes it.
 */
class PacketMemory {
  /** Everything. Another object whenever {@link take} has had to grow it: never kept. */
  bytes: Uint8Array;
  private readonly memory: Memory = new WebAssembly.Memory({ initial: STEP, maximum: MAX_PAGES });
  private readonly run: Seal;
  private readonly free: number[] = [];
  private end = ROOMS;
  /** A frame goes to its listeners in two forms, with and without redundancy. */
  private readonly payloads: (Uint8Array | undefined)[] = [undefined, undefined];
  private latest = 0;
  private packets: Uint8Array[] = [];

  constructor() {
    const module = new WebAssembly.Module(Buffer.from(SEAL_WASM, 'base64'));
    const { exports } = new WebAssembly.Instance(module, { room: { memory: this.memory } });
    this.run = exports.seal;
    this.bytes = new Uint8Array(this.memory.buffer);
  }

  /** @returns the address of {@link ROOM} bytes. @throws RangeError when there is no more. */
  take(): number {
    const known = this.free.pop();
    if (known !== undefined) return known;
    const address = this.end;
    if (address + ROOM > this.bytes.length) {
      this.memory.grow(STEP);
      this.bytes = new Uint8Array(this.memory.buffer);
      this.packets = [];
    }
    this.end += ROOM;
    return address;
  }

  /** They held keys: nothing is left of them. */
  give(address: number): void {
    this.bytes.fill(0, address, address + ROOM);
    this.free.push(address);
  }

  /**
   * AEAD_AES_128_GCM (RFC 7714). Hot path: `packet` has its header of twelve bytes, and gets payload and tag.
   * @param keystream address of the tag's block and the payload's. @param table address of the multiples of the hash key.
   */
  seal(packet: Buffer, payload: Uint8Array, keystream: number, table: number): void {
    const { length } = payload;
    this.run(
      wordAt(packet, 0),
      wordAt(packet, 4),
      wordAt(packet, 8),
      this.addressOf(payload),
      length,
      keystream,
      table,
      WORK,
    );
    packet.set((this.packets[length] ??= this.bytes.subarray(PACKET, PACKET + length + 28)));
  }

  private addressOf(payload: Uint8Array): number {
    const { payloads, latest } = this;
    if (payloads[latest] !== payload) {
      const other = 1 - latest;
      if (payloads[other] !== payload) {
        payloads[other] = payload;
        this.bytes.set(payload, other * PAYLOAD_ROOM);
      }
      this.latest = other;
    }
    return this.latest * PAYLOAD_ROOM;
  }
}

/** As WebAssembly reads it. */
function wordAt(bytes: Buffer, at: number): number {
  return (
    (bytes[at] ?? 0) |
    ((bytes[at + 1] ?? 0) << 8) |
    ((bytes[at + 2] ?? 0) << 16) |
    ((bytes[at + 3] ?? 0) << 24)
  );
}

export const packetMemory = new PacketMemory();
