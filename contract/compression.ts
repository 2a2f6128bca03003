// contract/compression.ts — How record batches may be compressed, in the order of the numbers that Kafka gives the codecs.

export const COMPRESSIONS = ['none', 'gzip', 'snappy', 'lz4', 'zstd'] as const;
export type Compression = (typeof COMPRESSIONS)[number];
