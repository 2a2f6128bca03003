// simulator/produce/compressor.ts — A codec's name -> what compresses the records of a batch; libraries are loaded only where they are used.
import { gzipSync } from 'node:zlib';
import { COMPRESSIONS, type Compression } from '../../contract/compression.js';

export interface Compressor {
  /** Kafka's number of the codec, as it stands in the attributes of a batch. */
  readonly codec: number;
  readonly compress: (records: Buffer) => Buffer;
}

/** Undefined where nothing is compressed. */
export async function compressorOf(name: Compression): Promise<Compressor | undefined> {
  const compress = await COMPRESS[name]();
  return compress && { codec: COMPRESSIONS.indexOf(name), compress };
}

const COMPRESS: Readonly<Record<Compression, () => Promise<Compressor['compress'] | undefined>>> = {
  none: async () => undefined,
  gzip: async () => gzipSync,
  snappy: async () => (await import('../../contract/kafkajs/codecs.js')).snappyContainer,
  lz4: async () => (await import('lz4-napi')).compressFrameSync,
  zstd: async () => {
    const zstd = await (await import('@hpcc-js/wasm-zstd')).Zstd.load();
    return (records) => Buffer.from(zstd.compress(records));
  },
};
