// contract/partition.ts — The partition of a record key, as Kafka's Java clients choose it (murmur2 of the key's bytes).
// Source: org.apache.kafka.common.utils.Utils#murmur2.

const M = 0x5bd1e995;
const SEED = 0x9747b28c;

/** 0-based partition of a key. */
export function partitionOf(key: Uint8Array, partitions: number): number {
  return (murmur2(key, key.length) & 0x7fffffff) % partitions;
}

/** 32-bit murmur2 of the first `length` bytes. */
export function murmur2(bytes: Uint8Array, length: number): number {
  let hash = SEED ^ length;
  const words = length & ~3;
  for (let i = 0; i < words; i += 4) {
    let k = at(bytes, i) | (at(bytes, i + 1) << 8) | (at(bytes, i + 2) << 16) | (at(bytes, i + 3) << 24);
    k = Math.imul(k, M);
    k ^= k >>> 24;
    hash = Math.imul(hash, M) ^ Math.imul(k, M);
  }
  const rest = length & 3;
  if (rest === 3) hash ^= at(bytes, words + 2) << 16;
  if (rest >= 2) hash ^= at(bytes, words + 1) << 8;
  if (rest >= 1) hash = Math.imul(hash ^ at(bytes, words), M);
  hash = Math.imul(hash ^ (hash >>> 13), M);
  return hash ^ (hash >>> 15);
}

function at(bytes: Uint8Array, index: number): number {
  return bytes[index] ?? 0;
}
