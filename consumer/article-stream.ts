// consumer/article-stream.ts — Every article of a day that could be listed, bucket by bucket, in bounded memory.
import type { Redis } from 'ioredis';
import type { Day } from '../contract/events.js';
import type { ArticleState as ArticleLine } from '../contract/observation.js';
import { type Rules, scoreOf } from '../contract/rules.js';
import { Counter, Status, unpack } from './article-state.js';
import { BUCKETS, bucketKey } from './store-keys.js';

export interface ArticleSource {
  readonly redis: Redis;
  readonly keyPrefix: string;
  readonly rules: Rules;
}

const BUCKETS_AT_ONCE = 256;

/** JSON lines of contract's articleStateSchema, many to a chunk. Not one instant: articles may change while it runs. */
export async function* articleLines(source: ArticleSource, day: Day): AsyncGenerator<string> {
  const { redis, keyPrefix, rules } = source;
  for (let first = 0; first < BUCKETS; first += BUCKETS_AT_ONCE) {
    const keys = Array.from({ length: BUCKETS_AT_ONCE }, (_, index) => bucketKey(keyPrefix, day, first + index));
    let lines = '';
    for (const bucket of await Promise.all(keys.map((key) => redis.hgetallBuffer(key)))) {
      for (const [articleId, packed] of Object.entries(bucket)) lines += lineOf(rules, articleId, packed);
    }
    if (lines !== '') yield lines;
  }
}

function lineOf(rules: Rules, articleId: string, packed: Buffer): string {
  const { status, counts } = unpack(packed);
  if (status !== Status.created) return '';
  const count = (counter: Counter) => Math.max(0, counts[counter]);
  const like = count(Counter.like);
  const comment = count(Counter.comment);
  const view = count(Counter.view);
  const score = scoreOf(rules, { like, comment, view });
  if (score <= 0) return '';
  const line: ArticleLine = { articleId, like, comment, view, score };
  return `${JSON.stringify(line)}\n`;
}
