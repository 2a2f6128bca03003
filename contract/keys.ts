// contract/keys.ts — The public Redis keys; everything else in Redis is the consumer's own.
import type { Day } from './events.js';

/** The day's top list: a sorted set, member = article id in decimal, score = score. */
export function listKey(keyPrefix: string, day: Day): string {
  return `${keyPrefix}hot-article::list::${day}`;
}
