// contract/kafkajs/codecs.ts — The codecs of record batches besides gzip, which kafkajs has itself: snappy, lz4 and zstd.
import type { Zstd } from '@hpcc-js/wasm-zstd';
import kafkajs from 'kafkajs';
import { compressFrame, decompressFrame } from 'lz4-napi';
import { compressSync, uncompress } from 'snappy';

/** Java clients put snappy blocks into a container of their own: a header, then the length of each block and the block. */
const XERIAL_MAGIC = Buffer.from([0x82, 0x53, 0x4e, 0x41, 0x50, 0x50, 0x59, 0x00]);
/** The magic, and two versions of 4 bytes. */
const XERIAL_HEADER_BYTES = 16;
const XERIAL_BLOCK_BYTES = 32 * 1024;
const LENGTH_BYTES = 4;

interface Codec {
  readonly compress: (encoder: { readonly buffer: Buffer }) => Promise<Buffer>;
  readonly decompress: (bytes: Buffer) => Promise<Buffer>;
}

/** kafkajs looks up a codec by the number that Kafka gives it. */
export function registerCodecs(): void {
  const { CompressionCodecs, CompressionTypes } = kafkajs;
  const codecs: readonly (readonly [number, Codec])[] = [
    [CompressionTypes.Snappy, { compress: async ({ buffer }) => snappyContainer(buffer), decompress: fromSnappy }],
    [CompressionTypes.LZ4, { compress: ({ buffer }) => compressFrame(buffer), decompress: decompressFrame }],
    [CompressionTypes.ZSTD, { compress: ({ buffer }) => toZstd(buffer), decompress: fromZstd }],
  ];
  for (const [number, codec] of codecs) Object.assign(CompressionCodecs, { [number]: () => codec });
}

export function snappyContainer(bytes: Buffer): Buffer {
  const header = Buffer.alloc(XERIAL_HEADER_BYTES);
  XERIAL_MAGIC.copy(header);
  header.writeInt32BE(1, XERIAL_MAGIC.length);
  header.writeInt32BE(1, XERIAL_MAGIC.length + LENGTH_BYTES);
  const parts: Buffer[] = [header];
  for (let at = 0; at < bytes.length; at += XERIAL_BLOCK_BYTES) {
    const block = compressSync(bytes.subarray(at, at + XERIAL_BLOCK_BYTES));
    const length = Buffer.alloc(LENGTH_BYTES);
    length.writeInt32BE(block.length);
    parts.push(length, block);
  }
  return Buffer.concat(parts);
}

/** Other clients, librdkafka among them, send the bare block. @throws Error when a block is cut short */
export async function fromSnappy(bytes: Buffer): Promise<Buffer> {
  if (!bytes.subarray(0, XERIAL_MAGIC.length).equals(XERIAL_MAGIC)) return plain(bytes);
  const blocks: Buffer[] = [];
  for (let at = XERIAL_HEADER_BYTES; at < bytes.length; ) {
    const start = at + LENGTH_BYTES;
    const length = start <= bytes.length ? bytes.readInt32BE(at) : Number.POSITIVE_INFINITY;
    if (length < 0 || start + length > bytes.length)
      throw new Error('expected whole snappy blocks, found one cut short');
    blocks.push(await plain(bytes.subarray(start, start + length)));
    at = start + length;
  }
  return Buffer.concat(blocks);
}

async function plain(block: Buffer): Promise<Buffer> {
  return Buffer.from(await uncompress(block, { asBuffer: true }));
}

let loading: Promise<Zstd> | undefined;

/** Loads its WebAssembly once, and only where zstd is used. */
function zstd(): Promise<Zstd> {
  loading ??= import('@hpcc-js/wasm-zstd').then((module) => module.Zstd.load());
  return loading;
}

async function toZstd(bytes: Buffer): Promise<Buffer> {
  return Buffer.from((await zstd()).compress(bytes));
}

async function fromZstd(bytes: Buffer): Promise<Buffer> {
  return Buffer.from((await zstd()).decompress(bytes));
}
