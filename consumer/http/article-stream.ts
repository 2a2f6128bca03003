// consumer/http/article-stream.ts — Every article of a day that could be listed, bucket by bucket, in bounded memory.
import type { Day } from '../../contract/events.js';
import type { ArticleState as ArticleLine } from '../../contract/observation.js';
import type { RedisClient } from '../../contract/redis-client.js';
import { type Rules, scoreOf } from '../../contract/rules.js';
import { Counter, Status, unpack } from '../applying/article-state.js';
import { commentersOf, type RankingKeys } from '../applying/ranking-keys.js';

export interface ArticleSource {
  readonly redis: RedisClient;
  readonly keys: RankingKeys;
  readonly rules: Rules;
}

const BUCKETS_AT_ONCE = 256;

/** JSON lines of contract's articleStateSchema, many to a chunk. Not one instant: articles may change while it runs. */
export async function* articleLines({ redis, keys, rules }: ArticleSource, day: Day): AsyncGenerator<string> {
  const all = keys.shards * keys.buckets;
  for (let first = 0; first < all; first += BUCKETS_AT_ONCE) {
    const few = Array.from({ length: Math.min(BUCKETS_AT_ONCE, all - first) }, (_, index) => first + index);
    const names = few.map((at) => keys.bucket(Math.floor(at / keys.buckets), day, at % keys.buckets));
    const buckets = await Promise.all(names.map((name) => redis.hgetallBuffer(name)));
    const commenters = await Promise.all(names.map((name) => commentersIn(redis, rules, name)));
    let lines = '';
    for (const [index, bucket] of buckets.entries()) {
      for (const [articleId, packed] of Object.entries(bucket)) {
        lines += lineOf(rules, { articleId, packed, commenters: commenters[index]?.[articleId] });
      }
    }
    if (lines !== '') yield lines;
  }
}

/** By article; undefined where they have no weight. */
function commentersIn(
  redis: RedisClient,
  rules: Rules,
  bucket: string,
): Promise<Readonly<Record<string, string>>> | undefined {
  return rules.weights.commenter > 0 ? redis.hgetall(commentersOf(bucket)) : undefined;
}

interface Found {
  readonly articleId: string;
  readonly packed: Buffer;
  readonly commenters: string | undefined;
}

function lineOf(rules: Rules, { articleId, packed, commenters }: Found): string {
  const { status, counts } = unpack(packed);
  if (status !== Status.created) return '';
  const count = (counter: Counter) => Math.max(0, counts[counter]);
  const like = count(Counter.like);
  const comment = count(Counter.comment);
  const view = count(Counter.view);
  const commenter = rules.weights.commenter > 0 ? { commenter: Number(commenters ?? 0) } : {};
  const score = scoreOf(rules, { like, comment, view, ...commenter });
  if (score <= 0) return '';
  const line: ArticleLine = { articleId, like, comment, view, ...commenter, score };
  return `${JSON.stringify(line)}\n`;
}
