// consumer/store-keys.ts — The consumer's own Redis keys.
import type { Day } from '../contract/events.js';
import { partitionOf } from '../contract/partition.js';

/** Article hashes of a day. At a million articles each holds about 61, which Redis keeps as one compact listpack. */
export const BUCKETS = 16_384;

/** Digits of the largest 64-bit id. */
export const PADDED_ID_LENGTH = 19;

/**
 * One shard holds every article. Were there n, an article's would be a hash of its id modulo n, a range would be
 * folded by shard, and the public list merged from them; the hash tag keeps a shard's keys in one Redis Cluster slot.
 */
const SHARD = 0;

/** Hash of next offsets by `topic/partition`. */
export function offsetsKey(keyPrefix: string): string {
  return `${keyPrefix}hot-article::{${SHARD}}::offsets`;
}

/** Prefix of a day's internal keys. */
export function dayKey(keyPrefix: string, day: Day): string {
  return `${keyPrefix}hot-article::{${SHARD}}::${day}`;
}

export function bucketKey(keyPrefix: string, day: Day, bucket: number): string {
  return `${dayKey(keyPrefix, day)}::articles::${bucket}`;
}

/** @param paddedId the id in 19 ASCII digits */
export function bucketOf(paddedId: Uint8Array): number {
  return partitionOf(paddedId, BUCKETS);
}
